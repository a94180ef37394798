package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.lua.ngx.NgxApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every function of the API in every phase: what the call gives or raises, and what the client then
 * gets, is the real nginx's. The phases without a request are left out: there, the real nginx
 * crashes on some of the calls.
 */
final class ApiOracleTest {
  private static final List<String> PHASES =
      List.of(
          "set",
          "server_rewrite",
          "rewrite",
          "access",
          "content",
          "header_filter",
          "body_filter",
          "log",
          "balancer",
          "timer");

  /** What OpenResty has and Debian's nginx lacks, which is held to its documentation instead. */
  private static final List<String> NOT_IN_DEBIAN =
      List.of(
          "ngx.upstream:",
          "ngx.pipe:",
          "pipe:",
          "ngx.ssl:get_client_random",
          "ngx.ssl:export_keying_material",
          "ngx.ssl:get_req_ssl_pointer",
          "ngx.balancer:bind_to_local_addr",
          "ngx.balancer:enable_keepalive",
          "ngx.balancer:set_upstream_tls",
          "ngx.ssl:parse_der_",
          "ngx.ssl.clienthello:get_client_hello_ciphers",
          "ngx.ssl.clienthello:get_client_hello_ext_present");

  private static final Map<String, String> CALLS = pairs("api.calls");
  private static final Map<String, String> DIFFERENCES = pairs("api.differences");

  @TempDir Path folder;

  private static Map<String, String> pairs(String file) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : OracleCase.resource(file).split("\n")) {
      int equals = line.indexOf(" = ");
      if (equals > 0 && line.charAt(0) != '#') {
        pairs.put(line.substring(0, equals), line.substring(equals + 3));
      }
    }
    return pairs;
  }

  @Test
  void everyFunctionThatIsSupportedIsCalled() {
    List<String> functions = new ArrayList<>();
    for (ApiEntry entry : NgxApi.entries()) {
      boolean callable =
          switch (entry.kind()) {
            case FUNCTION, CORE_FUNCTION, METHOD -> true;
            case CONSTANT, PROPERTY, MODULE -> false;
          };
      boolean known = NOT_IN_DEBIAN.stream().noneMatch(entry.name()::startsWith);
      if (callable && known && entry.support() != ApiEntry.Support.MISSING) {
        functions.add(entry.name());
      }
    }
    assertThat(CALLS.keySet()).containsAll(functions);
  }

  @TestFactory
  Stream<DynamicTest> eachCallInEachPhaseIsAsOnNginx() throws IOException {
    BothServers servers =
        BothServers.start(
            folder, OracleCase.resource("api.conf"), Map.of("lua/probes.lua", probes()));
    return PHASES.stream()
        .flatMap(phase -> CALLS.keySet().stream().map(name -> phase + " " + name))
        .map(key -> DynamicTest.dynamicTest(key, () -> compare(servers, key)))
        .onClose(() -> close(servers));
  }

  private static String probes() {
    String functions =
        CALLS.entrySet().stream()
            .map(e -> "[\"" + e.getKey() + "\"] = function() return " + e.getValue() + " end,\n")
            .collect(Collectors.joining());
    return OracleCase.resource("probes.lua").replace("--CALLS--\n", functions);
  }

  private static void compare(BothServers servers, String key) throws IOException {
    String query = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    String phase = key.substring(0, key.indexOf(' '));
    BothServers.Answers seen = servers.ask(get(phase, "/" + phase + "?k=" + query));
    BothServers.Answers result = servers.ask(get("results", "/result?k=" + query));
    String nginx = withoutPosition(result.nginx().body()) + seen.nginx();
    String banyan = withoutPosition(result.banyan().body()) + seen.banyan();
    String reason = DIFFERENCES.get(key);
    if (reason == null) {
      assertThat(banyan).isEqualTo(nginx);
    } else {
      assertThat(banyan).as("listed as different: " + reason).isNotEqualTo(nginx);
    }
  }

  /** Errors that lua-resty-core's own Lua raises stand at its lines, which Banyan doesn't have. */
  private static String withoutPosition(String result) {
    return result.replaceFirst("^error \\| \\S+:\\d+: ", "error | ");
  }

  private static String get(String host, String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  private static void close(BothServers servers) {
    try {
      servers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
