package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenResty bundles, and Debian, by which the other modules are held, has not. */
final class BundledModulesTest {
  private static final String KEY =
      "encrypted_session_key abcdefghijklmnopqrstuvwxyz123456; default_type text/plain; ";

  @TempDir Path prefix;

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static String form(String path, String type, String body) {
    return ("POST %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\n"
            + "Content-Length: %d\r\n\r\n%s")
        .formatted(path, type, body.length(), body);
  }

  @Test
  void aFieldIsAppendedBesideOthersOfItsName() {
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            more_set_headers "X-A: 1";
            location / { more_set_headers -a "X-A: 2" "X-A: $arg_a"; return 204; }
            """)) {
      assertThat(served.get("/")).contains("X-A: 1\r\nX-A: 2\r\n").doesNotContain("X-A: \r\n");
      assertThat(served.get("/?a=3")).contains("X-A: 1\r\nX-A: 2\r\nX-A: 3\r\n");
    }
  }

  @Test
  void anArrayIsSplitMappedAndJoined() {
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            location / {
              array_split , $arg_v to=$names;
              array_map_op set_quote_sql_str $names to=$quoted;
              array_map "[$array_it]" $names;
              array_join + $names to=$joined;
              array_join " or " $quoted;
              return 200 "$joined $quoted$array_it";
            }
            location /letters {
              set $x $arg_v;
              array_split "" $x;
              array_join - $x;
              return 200 $x;
            }
            """)) {
      assertThat(body(served.get("/?v=a,b'c"))).isEqualTo("[a]+[b'c] 'a' or 'b\\'c'");
      assertThat(body(served.get("/?v="))).isEqualTo("[] ''");
      assertThat(body(served.get("/letters?v=abc"))).isEqualTo("a-b-c");
    }
  }

  @Test
  void whatIsNoArrayIsAnErrorAndToldOf() throws IOException {
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            location / { set $x abc; array_join , $x; return 200 $x; }
            location /op { array_split , a,b to=$x; array_map_op $arg_d $x; return 200 done; }
            """)) {
      assertThat(served.get("/")).startsWith("HTTP/1.1 500 ");
      assertThat(served.get("/op?d=set_md5")).startsWith("HTTP/1.1 200 ");
      assertThat(served.get("/op?d=set_decode_hex")).startsWith("HTTP/1.1 500 ");
      assertThat(served.get("/op?d=set")).startsWith("HTTP/1.1 500 ");
    }
    assertThat(Files.readString(prefix.resolve("logs/error.log")))
        .contains("array_join: invalid array variable value in the 2nd argument: \"abc\"")
        .contains("array_map_op: directive \"set\" not found or does not use ndk_set_var_value");
  }

  @Test
  void theFieldsOfAFormAreReadFromTheBody() {
    String form = "application/x-www-form-urlencoded";
    try (Served served =
        Served.server(
            prefix,
            "",
            """
            set_form_input $early data;
            location / {
              set_form_input $data;
              set_form_input $other bar;
              set_form_input_multi $all data;
              array_join / $all;
              return 200 "[$early][$data][$other][$all]";
            }
            location /one { set_form_input $data; return 200 "[$data]"; }
            """)) {
      String fields = "xdata=0&data=a+b%20&bar=2&DATA=c&data";
      assertThat(body(served.send(form("/", form, fields)))).isEqualTo("[][a+b%20][2][a+b%20/c]");
      assertThat(body(served.send(form("/one", form + "; charset=x", "data=")))).isEqualTo("[]");
      assertThat(body(served.send(form("/one", "text/plain", "data=1")))).isEqualTo("[]");
      assertThat(body(served.get("/one"))).isEqualTo("[]");
    }
  }

  @Test
  void aSessionIsEncryptedAndReadAgainUntilItExpires() {
    try (Served served =
        Served.server(
            prefix,
            KEY,
            """
            location / {
              set_encrypt_session $s $arg_v;
              set_decrypt_session $again $s;
              set $broken "x$s";
              set_decrypt_session $broken;
              return 200 "$again[$broken]";
            }
            location /known {
              encrypted_session_expires 0;
              set_encrypt_session $s hello;
              set_encode_hex $s;
              return 200 $s;
            }
            location /lua {
              content_by_lua_block {
                local set = ndk.set_var
                ngx.print(set.set_decrypt_session(set.set_encrypt_session("by Lua")))
              }
            }
            """)) {
      assertThat(body(served.get("/?v=secret"))).isEqualTo("secret[]");
      assertThat(body(served.get("/known")))
          .isEqualTo("3ee4083a96f6f3cddc1b59b87eae414a3cebf8bd036ca5be5965189e461db038");
      assertThat(served.get("/lua")).contains("by Lua");
    }
  }
}
