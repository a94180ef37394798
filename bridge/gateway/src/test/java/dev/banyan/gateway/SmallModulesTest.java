package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules xss, coolkit and iconv, which OpenResty has and Debian's nginx hasn't. */
final class SmallModulesTest {
  private static final String GBK = octets("\u4f60\u597d", "GBK");
  private static final String UTF8 = octets("\u4f60\u597d", "UTF-8");

  private static Served served;

  private static String octets(String text, String encoding) {
    return new String(
        text.getBytes(java.nio.charset.Charset.forName(encoding)), StandardCharsets.ISO_8859_1);
  }

  @BeforeAll
  static void start(@TempDir Path prefix) {
    served =
        Served.server(
            prefix,
            "",
            """
            xss_get on; xss_callback_arg call;
            location /json { default_type application/json; return 200 '{"a":1}'; }
            location /created { default_type application/json; return 201 '{}'; }
            location /text { default_type text/plain; return 200 '{}'; }
            location /types { xss_input_types text/plain; xss_output_type text/x; return 200 '{}'; }
            location /error { default_type application/json; return 404 '{}'; }
            location /any { xss_check_status off; default_type application/json; return 404 '{}'; }
            location /kept { xss_check_status off; xss_override_status off;
              default_type application/json; return 404 '{}'; }
            location /nameless { xss_callback_arg ""; default_type application/json; return 200 '{}'; }
            location /lua { default_type application/json; content_by_lua_block {
              ngx.print("[") ngx.flush(true) ngx.print("]") } }

            location /method { override_method $arg_m; location /method/off { override_method off;
              content_by_lua_block { ngx.say(ngx.req.get_method()) } }
              content_by_lua_block { ngx.say(ngx.req.get_method(), " ", ngx.var.request_method) } }
            location /some { override_method PUT delete $arg_m;
              content_by_lua_block { ngx.say(ngx.req.get_method()) } }
            location ~ ^/re(ge)x { return 200 '[$location]'; }
            location = /name { return 200 '[$location] [$remote_passwd]'; }
            location /set { set $location mine; set $remote_passwd too; return 200 '[$location$remote_passwd]'; }

            location /iconv { set_unescape_uri $in $arg_t; set_iconv $out $in from=$arg_f to=$arg_o;
              return 200 '[$out]'; }
            location /recoded { iconv_filter from=utf-8 to=gbk; content_by_lua_block {
              local text = ngx.unescape_uri(ngx.var.arg_t)
              for i = 1, #text do ngx.print(text:sub(i, i)) ngx.flush(true) end } }
            location /recoded/in { content_by_lua_block { ngx.print("x") } }
            location /unknown { iconv_filter from=utf-8 to=nothing; return 200 x; }

            location /ssi { ssi on; ssi_types *; content_by_lua_block {
              ngx.print('a<!--#include virtual="/b" -->')
              ngx.print('c<!--#include virtual="/c" -->d') } }
            location = /b { echo_sleep 0.01; echo -n [b]; }
            location = /c { content_by_lua_block { ngx.print("[c]") } }
            """);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** The body without the frames of its chunks. */
  private static String body(String target) {
    return Served.body(served.get(target)).replaceAll("(?s)(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n$)?", "");
  }

  @Test
  void anAnswerCallsTheFunctionThatIsAskedFor() {
    assertThat(served.get("/json?call=f"))
        .contains(" 200 ", "Content-Type: application/x-javascript\r\n")
        .doesNotContain("Content-Length");
    assertThat(body("/json?call=f")).isEqualTo("f({\"a\":1});");
    assertThat(body("/json?call=%24a.b_1%5B0%5D")).isEqualTo("$a.b_1[0]({\"a\":1});");
    assertThat(body("/created?CALL=f")).isEqualTo("f({});");
    assertThat(body("/lua?call=f")).isEqualTo("f([]);");
    assertThat(served.get("/types?call=f")).contains("Content-Type: text/x\r\n");
    for (String plain :
        new String[] {
          "/json",
          "/json?call=",
          "/json?call=a(b",
          "/json?call=a.",
          "/json?call=a%5Bx%5D",
          "/json?call=a+b",
          "/text?call=f",
          "/error?call=f",
          "/nameless?call=f"
        }) {
      assertThat(served.get(plain)).as(plain).contains("Content-Length: ").endsWith("}");
    }
    assertThat(served.get("/any?call=f")).contains(" 200 ").contains("f(");
    assertThat(served.get("/kept?call=f")).contains(" 404 ").contains("f(");
  }

  @Test
  void aRequestGoesOnWithAnotherMethod() {
    assertThat(body("/method?m=post")).isEqualTo("POST POST\n");
    assertThat(body("/method?m=none")).isEqualTo("GET GET\n");
    assertThat(body("/method")).isEqualTo("GET GET\n");
    assertThat(body("/method/off?m=post")).isEqualTo("GET\n");
    assertThat(body("/some?m=post")).isEqualTo("GET\n");
    assertThat(served.send("DELETE /some?m=post HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .contains("POST\n");
  }

  @Test
  void placesAndPasswordsAreVariables() {
    assertThat(body("/regexes")).isEqualTo("[/regex]");
    assertThat(served.get("/name", "Authorization: Basic dTpzZTpjcmV0\r\n"))
        .endsWith("[/name] [se:cret]");
    assertThat(body("/name")).isEqualTo("[/name] []");
    assertThat(body("/set")).isEqualTo("[minetoo]");
  }

  @Test
  void textIsWrittenInAnotherEncoding() {
    assertThat(body("/iconv?f=utf8&o=gbk&t=%E4%BD%A0%E5%A5%BD")).isEqualTo("[" + GBK + "]");
    assertThat(body("/iconv?f=gbk&o=UTF-8&t=%C4%E3%BA%C3")).isEqualTo("[" + UTF8 + "]");
    assertThat(body("/iconv?f=utf8&o=gbk&t=a%FFb%F0%9F%98%80c")).isEqualTo("[a?b????c]");
    assertThat(body("/iconv?f=utf8&o=gbk&t=a%E4%BD")).isEqualTo("[a]");
    assertThat(body("/iconv?f=utf8&o=gbk")).isEqualTo("[]");
    assertThat(served.get("/iconv?f=nothing&o=gbk&t=a")).contains(" 500 ");
    assertThat(body("/recoded?t=a%E4%BD%A0%E5%A5%BD%FFz")).isEqualTo("a" + GBK + "?z");
    assertThat(body("/recoded/in")).isEqualTo("x");
    assertThat(served.get("/unknown")).doesNotContain("\r\n\r\nx");
  }

  @Test
  void aPageOfLuaInPiecesHasItsIncludesInTheirPlaces() {
    assertThat(body("/ssi")).isEqualTo("a[b]c[c]d");
  }
}
