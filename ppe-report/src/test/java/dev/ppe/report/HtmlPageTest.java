package dev.ppe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- & \u2028\u2029 \"' \\";

  private static String write(HtmlPage page) throws IOException {
    StringWriter out = new StringWriter();
    page.writeTo(out);
    return out.toString();
  }

  private static String data(String html, String id) {
    Matcher matcher =
        Pattern.compile("<script type=\"application/json\" id=\"%s\">(.*?)</script>".formatted(id))
            .matcher(html);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void dataSaysWhatItSaidWithoutACharacterThatIsMarkup() throws IOException {
    String html =
        write(
            HtmlPage.titled("t")
                .data(
                    "names", json -> json.beginObject().name(HOSTILE).value(HOSTILE).endObject()));

    String written = data(html, "names");
    assertThat(written).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(JsonParser.parseString(written).getAsJsonObject().get(HOSTILE).getAsString())
        .isEqualTo(HOSTILE);
  }

  @Test
  void whatIsWrittenRawIsEscapedAsWell() throws IOException {
    String html = write(HtmlPage.titled("t").data("raw", json -> json.jsonValue("\"<&>\"")));

    assertThat(data(html, "raw")).isEqualTo("\"\\u003c\\u0026\\u003e\"");
  }

  @Test
  void titlesAreText() throws IOException {
    String html = write(HtmlPage.titled("<script>alert(1)</script> & \"co\""));

    assertThat(html.substring(0, html.indexOf("<style>")))
        .contains("<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;</title>");
    assertThat(html.contains("<script>alert")).isFalse();
  }

  @Test
  void everyScriptIsAllowedByItsDigestAndNothingElseIs() throws Exception {
    String html = write(HtmlPage.titled("t"));
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1))
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("http", "*", "script-src 'unsafe-inline'", "connect-src");

    Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
    int found = 0;
    while (scripts.find()) {
      found++;
      byte[] text = scripts.group(1).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      assertThat(policy.group(1))
          .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(found).isGreaterThan(3);
  }

  @Test
  void onlyPagesThatFollowAServerMayAskIt() throws IOException {
    assertThat(write(HtmlPage.titled("t").following()).contains("; connect-src 'self';")).isTrue();
  }

  @Test
  void aPageNamesNoOtherFile() throws IOException {
    String html = write(HtmlPage.titled("t"));
    String skeleton =
        html.replaceAll("(?s)(<script[^>]*>).*?</script>", "$1")
            .replaceAll("(?s)<style>.*?</style>", "");

    assertThat(skeleton.length()).isLessThan(3000);
    assertThat(skeleton).doesNotContain("src=", "href=", "url(", "@import", "<link", "<iframe");
    assertThat(html.substring(0, html.indexOf("</style>"))).doesNotContain("url(", "@import");
  }

  @Test
  void theSamePageIsTheSameBytes() throws IOException {
    HtmlPage page = HtmlPage.titled("t").data("n", json -> json.value(1));

    assertThat(write(page).equals(write(page))).isTrue();
  }

  @Test
  void resourcesThatAreMissingAndIdsThatAreMarkupAreRefused() {
    HtmlPage page = HtmlPage.titled("t");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> page.script(HtmlPageTest.class, "missing.js"))
        .withMessageContaining("no resource missing.js");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> page.data("a\"b", json -> json.value(1)))
        .withMessageContaining("letters, digits and hyphens");
  }
}
