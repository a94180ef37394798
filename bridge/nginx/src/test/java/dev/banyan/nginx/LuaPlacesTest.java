package dev.banyan.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where handlers of Lua are written, and who inherits them. */
final class LuaPlacesTest {
  private static List<LuaPlace> places(String http) {
    Path conf = Path.of("/srv/nginx.conf");
    return LuaPlaces.of(
        NginxConf.parse("events {}\nhttp {\n" + http + "\n}\n", conf, Path.of("/srv")).http());
  }

  @Test
  void anInheritedHandlerIsOnePlaceHoweverManyLevelsHoldIt() {
    List<LuaPlace> places =
        places(
            """
            server {
              server_name a b;
              access_by_lua_block { return }
              location / { }
              location = /own { access_by_lua_block { return } }
              location /outer { location /outer/inner { } }
            }
            """);
    assertThat(places)
        .extracting(LuaPlace::toString)
        .containsExactly(
            "access_by_lua of server a b (nginx.conf:5)",
            "access_by_lua of location = /own (nginx.conf:7)");
    assertThat(places.getFirst().handlers()).hasSize(4);
    assertThat(places.getLast().handlers()).hasSize(1);
  }

  @Test
  void everyLevelAndPhaseIsFound() {
    assertThat(
            places(
                """
                log_by_lua_block { return }
                upstream u { server 127.0.0.1; balancer_by_lua_block { return } }
                server {
                  set_by_lua_block $v { return 1 }
                  rewrite_by_lua_block { return }
                  header_filter_by_lua_block { return }
                  body_filter_by_lua_block { return }
                  location ^~ /a { content_by_lua_block { return } }
                  location ~* \\.b$ { rewrite_by_lua_block { return } }
                  location @c { set_by_lua_block $w { return 1 } }
                }
                """))
        .extracting(LuaPlace::toString)
        .containsExactlyInAnyOrder(
            "log_by_lua of http (nginx.conf:3)",
            "balancer_by_lua of upstream u (nginx.conf:4)",
            "set_by_lua of $v of server \"\" (nginx.conf:6)",
            "rewrite_by_lua of server \"\" (nginx.conf:7)",
            "header_filter_by_lua of server \"\" (nginx.conf:8)",
            "body_filter_by_lua of server \"\" (nginx.conf:9)",
            "content_by_lua of location ^~ /a (nginx.conf:10)",
            "rewrite_by_lua of location ~* \\.b$ (nginx.conf:11)",
            "set_by_lua of $w of location @c (nginx.conf:12)");
  }

  @Test
  void blocksWithoutANameInheritButCannotBeNamed() {
    List<LuaPlace> places =
        places(
            """
            server {
              rewrite_by_lua_block { return }
              location / {
                if ($arg_x) { access_by_lua_block { return } }
                limit_except GET { deny all; }
              }
            }
            """);
    assertThat(places).filteredOn(LuaPlace::named).hasSize(1);
    assertThat(places.getFirst().handlers()).hasSize(4);
    assertThat(places).filteredOn(place -> !place.named()).hasSize(1);
  }
}
