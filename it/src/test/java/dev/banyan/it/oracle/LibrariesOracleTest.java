package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Well-known libraries of OpenResty, unmodified, do on Banyan what they do on nginx: against a real
 * redis, memcached and DNS server.
 */
final class LibrariesOracleTest {
  private static final List<OracleCase> CASES = OracleCase.read("libraries.cases");
  private static final List<String> RECORDS =
      List.of(
          "--host-record=edge.test,192.0.2.7,2001:db8::7",
          "--cname=www.edge.test,edge.test",
          "--txt-record=edge.test,v=spf1 -all,second",
          "--mx-host=edge.test,mail.edge.test,20",
          "--srv-host=_sip._tcp.edge.test,sip.edge.test,5060,1,2",
          "--local=/test/");

  @TempDir static Path folder;

  private static RealService redis;
  private static RealService memcached;
  private static RealService dns;
  private static BothServers servers;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    redis = RealService.redis(folder.resolve("redis"));
    memcached = RealService.memcached(folder.resolve("memcached"));
    dns = RealService.dns(folder.resolve("dns"), RECORDS);
    String http =
        (OracleCase.resource("libraries.conf")
                + CASES.stream().map(OracleCase::server).collect(Collectors.joining()))
            .replace("@redis", String.valueOf(redis.port()))
            .replace("@memcached", String.valueOf(memcached.port()))
            .replace("@dns", String.valueOf(dns.port()));
    servers = BothServers.start(folder, http, DebianLibraries.files());
  }

  @AfterAll
  static void stop() throws IOException {
    servers.close();
    dns.close();
    memcached.close();
    redis.close();
  }

  static List<OracleCase> cases() {
    return CASES;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLibraryDoesAsOnNginx(OracleCase each) throws IOException {
    for (String request : each.requests()) {
      BothServers.Answers answers = servers.ask(request);
      assertThat(answers.banyan()).isEqualTo(answers.nginx());
      assertThat(answers.nginx().status()).as(answers.nginx().body()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(answers.nginx().body()).endsWith("done\n");
    }
  }
}
