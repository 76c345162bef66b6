"""What the client does with replicas that answer, are overloaded, stop, or are not there."""

import pathlib
import shutil
import socket
import tempfile
import threading
import unittest
from unittest import mock

import grpc
from fake_server import Certificate, OtherProgram, Replica, named, overloaded

import ppe
from ppe import models
from ppe.replicas import Replicas
from ppe.v1 import estimate_pb2, graph_pb2

TFLITE = b"\x1c\0\0\0TFL3 and so on"


def nobody():
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        return f"localhost:{taken.getsockname()[1]}"


class ModelsTest(unittest.TestCase):
    def test_files_are_told_apart_by_suffix_and_bytes_by_content(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, field in (("a.tflite", "tflite"), ("b.onnx", "onnx"), ("c.bin", "tflite")):
                path = pathlib.Path(folder, name)
                path.write_bytes(TFLITE)
                request = models.request(path)
                self.assertEqual(request.WhichOneof("model"), field)
                self.assertEqual(request.model_name, path.stem)
        self.assertEqual(models.request(TFLITE).WhichOneof("model"), "tflite")
        self.assertEqual(models.request(b"\x08\x07").WhichOneof("model"), "onnx")

    def test_graphs_come_as_messages_and_as_json(self):
        graph = graph_pb2.Graph(name="net", outputs=[0])
        self.assertEqual(models.request(graph).graph, graph)
        request = models.request(b'{"name": "net", "outputs": [0]}', format="json")
        self.assertEqual(request.graph, graph)

    def test_words_stand_for_choices(self):
        request = models.request(TFLITE, "tensor-g1", fidelity="analytical", precision="int8", batch=4)
        self.assertEqual(request.accelerator_name, "tensor-g1")
        self.assertEqual(request.fidelity, estimate_pb2.FIDELITY_ANALYTICAL)
        self.assertEqual(request.precision, estimate_pb2.PRECISION_INT8)
        self.assertEqual(request.batch, 4)

    def test_mistakes_are_named(self):
        cases = {
            "fidelity 'exact' is none of cycle, analytical": lambda: models.request(TFLITE, fidelity="exact"),
            "format 'pt' is none of tflite, onnx, graph, json": lambda: models.request(TFLITE, format="pt"),
            "cannot read no.tflite: No such file or directory": lambda: models.request("no.tflite"),
            "no_such_field": lambda: models.request(TFLITE, no_such_field=4),
            "'four' has type str": lambda: models.request(TFLITE, batch="four"),
            "float": lambda: models.request(TFLITE, 1.5),
            "null": lambda: models.request("a\0b"),
            "not int": lambda: models.request(3),
            "no ppe.v1.Graph": lambda: models.request(b"{", format="json"),
        }
        for text, call in cases.items():
            with self.subTest(text), self.assertRaises(ppe.PpeError) as failure:
                call()
            self.assertIn(text, str(failure.exception))
            self.assertEqual(failure.exception.code, "INVALID_ARGUMENT")


class ClientTest(unittest.TestCase):
    def test_replicas_are_asked_in_turn(self):
        with Replica() as one, Replica() as two:
            with ppe.Client([one.address, two.address]) as client:
                for _ in range(10):
                    self.assertEqual(client.estimate(TFLITE).cycles, 42)
            self.assertEqual((one.asked, two.asked), (5, 5))

    def test_a_replica_that_is_not_there_loses_no_request(self):
        with Replica() as one, ppe.Client(f"{nobody()},{one.address}") as client:
            for _ in range(10):
                self.assertEqual(client.estimate(TFLITE).cycles, 42)

    def test_a_replica_that_stops_while_it_is_asked_loses_no_request(self):
        asked = threading.Event()
        end = threading.Event()

        def never(request, context):
            asked.set()
            end.wait()
            return named(request)

        with Replica() as one, Replica(never) as two:
            stop = threading.Thread(target=lambda: (asked.wait(), two.close()))
            stop.start()
            with ppe.Client([one.address, two.address]) as client:
                outcomes = list(client.estimate_all([TFLITE] * 20))
            end.set()
            stop.join()
        self.assertTrue(all(outcome.ok for outcome in outcomes))

    def test_an_overloaded_replica_is_asked_again_after_the_pause_it_wants(self):
        calls = []

        def busy_twice(request, context):
            calls.append(request)
            if len(calls) <= 2:
                overloaded(context, 5)
            return named(request)

        with Replica(busy_twice) as replica, ppe.Client(replica.address) as client:
            self.assertEqual(client.estimate(TFLITE).cycles, 42)
        self.assertEqual(len(calls), 3)

    def test_what_is_wrong_with_a_request_is_not_asked_again(self):
        def refuse(request, context):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "graph.nodes is empty")

        with Replica(refuse) as replica, ppe.Client(replica.address) as client:
            with self.assertRaises(ppe.PpeError) as failure:
                client.estimate(TFLITE)
        self.assertEqual(failure.exception.code, "INVALID_ARGUMENT")
        self.assertEqual(str(failure.exception), "graph.nodes is empty")
        self.assertEqual(replica.asked, 1)

    def test_where_nobody_answers_the_target_is_named(self):
        address = nobody()
        with ppe.Client(address) as client, self.assertRaises(ppe.PpeError) as failure:
            client.estimate(TFLITE)
        self.assertEqual(failure.exception.code, "UNAVAILABLE")
        self.assertIn(f"no replica answers at {address}: ", str(failure.exception))

    def test_a_deadline_is_kept(self):
        end = threading.Event()

        def never(request, context):
            end.wait()
            return named(request)

        with Replica(never) as replica, ppe.Client(replica.address, deadline=0.2) as client:
            with self.assertRaises(ppe.PpeError) as failure:
                client.estimate(TFLITE)
            end.set()
        self.assertEqual(str(failure.exception), f"no answer within 0.2 s from {replica.address}")

    def test_a_token_is_sent_along(self):
        with Replica() as replica, ppe.Client(replica.address, token="secret") as client:
            client.estimate(TFLITE)
        self.assertEqual(replica.metadata["authorization"], "Bearer secret")

    def test_targets_that_are_none_are_named(self):
        for target in ("", "http://host:1", "host:port", "host:0", "host:65536", "::1:1", "a:1,,b:2"):
            with self.subTest(target), self.assertRaises(ppe.PpeError) as failure:
                ppe.Client(target)
            self.assertIn("is neither host[:port] nor dns:///name[:port]", str(failure.exception))

    def test_a_port_that_is_not_said_is_the_servers_usual_one(self):
        targets = "host,dns:///name,[::1],host:1,[::1]:2"
        self.assertEqual(
            str(Replicas(targets)), "host:50051,dns:///name:50051,[::1]:50051,host:1,[::1]:2"
        )


class WrongTargetTest(unittest.TestCase):
    def test_another_programs_server_among_good_ones_costs_no_answer(self):
        with OtherProgram() as other, Replica() as good:
            with ppe.Client([other.address, good.address]) as client:
                for _ in range(20):
                    self.assertEqual(client.estimate(TFLITE).cycles, 42)

    def test_another_programs_server_alone_is_called_that(self):
        with OtherProgram() as other, ppe.Client([other.address] * 2) as client:
            with self.assertRaises(ppe.PpeError) as failure:
                client.estimate(TFLITE)
        self.assertEqual(failure.exception.code, "UNIMPLEMENTED")
        self.assertIn("another program listens there", str(failure.exception))

    def test_another_programs_server_behind_a_name_is_not_all_of_the_name(self):
        calls = []

        def another_at_first(request, context):  # as two addresses in turn would be
            calls.append(request)
            if len(calls) % 2 == 1:
                context.abort(grpc.StatusCode.UNIMPLEMENTED, "Method not found!")
            return named(request)

        two = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 1)) for host in ("1.1.1.1", "1.1.1.2")]
        with Replica(another_at_first) as replica:
            with ppe.Client(f"dns:///{replica.address}") as client:
                with mock.patch("ppe.replicas.socket.getaddrinfo", return_value=two):
                    self.assertEqual(client.estimate(TFLITE).cycles, 42)
                    self.assertEqual(client.estimate(TFLITE).cycles, 42)
                with mock.patch("ppe.replicas.socket.getaddrinfo", return_value=two[:1]):
                    with self.assertRaises(ppe.PpeError) as failure:
                        client.estimate(TFLITE)
        self.assertEqual(failure.exception.code, "UNIMPLEMENTED")

    def test_what_a_replica_cannot_do_is_not_asked_again(self):
        def refuse(request, context):
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "operator 7 (TOPK_V2) is not supported")

        with Replica(refuse) as one, Replica(refuse) as two:
            with ppe.Client([one.address, two.address]) as client:
                with self.assertRaises(ppe.PpeError) as failure:
                    client.estimate(TFLITE)
            self.assertEqual(one.asked + two.asked, 1)
        self.assertEqual(str(failure.exception), "operator 7 (TOPK_V2) is not supported")

    @unittest.skipUnless(shutil.which("openssl"), "needs openssl")
    def test_a_mismatch_of_tls_is_told_in_a_line(self):
        with Certificate() as certificate, OtherProgram(certificate.credentials) as encrypted:
            with ppe.Client(encrypted.address) as client:
                with self.assertRaises(ppe.PpeError) as failure:
                    client.estimate(TFLITE)
            self.assertEqual(
                str(failure.exception),
                f"no replica answers at {encrypted.address}: "
                "the server speaks TLS; give tls=ppe.Tls(...)",
            )
            with Replica() as plain, ppe.Client(plain.address, tls=ppe.Tls()) as client:
                with self.assertRaises(ppe.PpeError) as failure:
                    client.estimate(TFLITE)
            self.assertEqual(
                str(failure.exception),
                f"no replica answers at {plain.address}: "
                "the server does not speak TLS; leave out tls",
            )


class AwayTest(unittest.TestCase):
    def test_while_all_are_away_for_a_moment_calls_wait(self):
        first = Replica()
        with ppe.Client(first.address) as client:
            self.assertEqual(client.estimate(TFLITE).cycles, 42)
            first.close()
            failing = threading.Event()
            client._pause = watched(client._pause, failing, losses=6)  # more than four rounds
            outcome = []
            call = threading.Thread(target=lambda: outcome.append(client.estimate(TFLITE)))
            call.start()
            self.assertTrue(failing.wait(60))
            with Replica(address=first.address) as again:
                call.join()
                self.assertEqual(again.asked, 1)
        self.assertEqual(outcome[0].cycles, 42)


def watched(pause, event, losses):
    def pausing(lost):
        if lost >= losses:
            event.set()
        return pause(lost)

    return pausing


class FanOutTest(unittest.TestCase):
    def test_outcomes_keep_the_order_and_a_failure_is_one_of_them(self):
        with Replica() as one, Replica() as two, ppe.Client([one.address, two.address]) as client:
            inputs = [TFLITE, "no-such-file", TFLITE] * 30
            outcomes = list(client.estimate_all(inputs))
        self.assertEqual([outcome.index for outcome in outcomes], list(range(90)))
        self.assertEqual([outcome.ok for outcome in outcomes], [True, False, True] * 30)

    def test_what_nobody_thought_of_fails_alone(self):
        class Odd:
            def __fspath__(self):
                raise ZeroDivisionError("no path")

        with Replica() as replica, ppe.Client(replica.address) as client:
            outcomes = list(client.estimate_all([TFLITE, Odd(), "a\0b", TFLITE]))
            self.assertEqual([outcome.ok for outcome in outcomes], [True, False, False, True])
            self.assertEqual(outcomes[1].error.code, "INTERNAL")
            self.assertEqual(outcomes[2].error.code, "INVALID_ARGUMENT")
            odd = list(client.estimate_all([TFLITE], no_such_field=4))
        self.assertEqual([outcome.error.code for outcome in odd], ["INVALID_ARGUMENT"])

    def test_a_closed_client_fails_whatever_it_is_asked(self):
        with Replica() as replica:
            client = ppe.Client(replica.address)
            client.estimate(TFLITE)
            client.close()
            for call in (lambda: client.estimate(TFLITE), client.accelerators):
                with self.assertRaises(ppe.PpeError) as failure:
                    call()
                self.assertEqual(failure.exception.code, "CANCELLED")
                self.assertEqual(str(failure.exception), "the client is closed")
            outcomes = list(client.estimate_all([TFLITE] * 3))
        self.assertEqual([outcome.error.code for outcome in outcomes], ["CANCELLED"] * 3)

    def test_none_at_a_time_is_a_mistake(self):
        with ppe.Client(nobody()) as client, self.assertRaises(ppe.PpeError) as failure:
            client.estimate_all([TFLITE], in_flight=0)
        self.assertEqual(str(failure.exception), "in_flight is 0, must be at least 1")

    def test_a_name_counts_as_many_as_it_has_addresses(self):
        self.assertEqual(Replicas("a:1,b:1,dns:///127.0.0.1:1").width(), 3)
        self.assertEqual(Replicas("dns:///no-such-host.invalid").width(), 1)
        addresses = {one[4] for one in socket.getaddrinfo("localhost", 1, type=socket.SOCK_STREAM)}
        self.assertEqual(Replicas("dns:///localhost:1").width(), len(addresses))

    def test_whoever_stops_reading_waits_for_nobody_and_closing_ends_what_is_under_way(self):
        end = threading.Event()

        def hang_at_times(request, context):
            if request.model_name == "hang":
                end.wait()
            return named(request)

        hanging = estimate_pb2.EstimateRequest(model_name="hang")
        with Replica(hang_at_times) as replica:
            client = ppe.Client(replica.address)
            outcomes = client.estimate_all([TFLITE, hanging, hanging], in_flight=2)
            self.assertTrue(next(outcomes).ok)
            leaving = threading.Thread(target=outcomes.close, daemon=True)
            leaving.start()
            leaving.join(30)
            left = not leaving.is_alive()
            client.close()
            workers = [one for one in threading.enumerate() if one.name.startswith("ppe_")]
            for worker in workers:
                worker.join(30)
            ended = not any(worker.is_alive() for worker in workers)
            end.set()
        self.assertTrue(left)
        self.assertTrue(ended)

    def test_no_more_are_under_way_than_allowed_and_inputs_are_read_as_needed(self):
        under_way, most, lock = [0], [0], threading.Lock()

        def count(request, context):
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            with lock:
                under_way[0] -= 1
            return named(request)

        read = []
        inputs = (read.append(number) or TFLITE for number in range(1000))
        with Replica(count) as replica, ppe.Client(replica.address) as client:
            outcomes = client.estimate_all(inputs, in_flight=3)
            for _ in range(10):
                next(outcomes)
            self.assertLessEqual(len(read), 10 + 3 + 1)
            outcomes.close()
        self.assertLessEqual(most[0], 3)


if __name__ == "__main__":
    unittest.main()
