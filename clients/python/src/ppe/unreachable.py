"""Why a replica cannot be reached, in words that say what to do about it."""

import re
import socket
import ssl

_PROBE_SECONDS = 2.0

_TRANSLATIONS = (
    (
        "certificate verify failed",
        "the server's certificate is not of an authority that is trusted; Tls(ca=...) names one",
    ),
    ("is not in peer certificate", "the server's certificate is for another host"),
)


def reason(replica, text):
    """One line for a connection's failure; looks whether the other side speaks TLS."""
    for sign, translation in _TRANSLATIONS:
        if sign in text:
            return translation
    speaks_tls = _speaks_tls(replica.address)
    if speaks_tls is True and not replica.encrypted:
        return "the server speaks TLS; give tls=ppe.Tls(...)"
    if speaks_tls is False and replica.encrypted:
        return "the server does not speak TLS; leave out tls"
    return " ".join(text.split())


def _speaks_tls(address):
    """None where nothing can be told, for nobody listens there.

    gRPC tells of the last of a name's addresses alone, which may be one where nobody listens.
    """
    host, port = re.sub("^dns:///", "", address).rsplit(":", 1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # no more than a look: nothing is sent
    context.set_alpn_protocols(["h2"])
    try:
        with socket.create_connection((host.strip("[]"), int(port)), _PROBE_SECONDS) as connection:
            return _shakes_hands(context, connection)
    except OSError:
        return None


def _shakes_hands(context, connection):
    try:
        context.wrap_socket(connection).close()
        return True
    except ssl.SSLEOFError:
        return None  # closed without a word, as servers that end do, too
    except ssl.SSLError as error:
        return "ALERT" in (error.reason or "").upper()  # an alert is TLS
    except OSError:
        return None
