package dev.banyan.it.oracle;

import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What nginx asks servers of gRPC and makes of their answers, Banyan does alike. */
final class GrpcOracleTest {
  private static final String HTTP =
      """
      default_type text/plain;
      upstream kept { server 127.0.0.1:@grpc; keepalive 2; }
      upstream half { server 127.0.0.1:1; server 127.0.0.1:@grpc; }
      upstream Two { server 127.0.0.1:@grpc max_fails=0; server 127.0.0.1:@grpc max_fails=0; }
      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> banyanPassesOnAsNginx() throws IOException {
    List<OracleCase> cases = OracleCase.read("grpc.cases");
    GrpcServer wide = GrpcServer.start(FreePorts.next(), 65535);
    GrpcServer narrow = GrpcServer.start(FreePorts.next(), 3);
    String http = HTTP + cases.stream().map(OracleCase::server).collect(Collectors.joining());
    BothServers servers =
        BothServers.start(
            folder,
            http.replace("@grpc", "" + wide.port()).replace("@narrow", "" + narrow.port()),
            Map.of());
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(servers, each)))
        .onClose(() -> {
          try (wide;
              narrow;
              servers) {
            // all three end
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void compare(BothServers servers, OracleCase each) throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (String request : each.requests()) {
      BothServers.Answers answers = servers.ask(request);
      all.assertThat(answers.banyan()).as(request).isEqualTo(answers.nginx());
    }
    all.assertAll();
  }
}
