package dev.banyan.it.oracle;

import dev.banyan.it.process.Certificate;
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
import org.junit.jupiter.api.Test;
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

  @Test
  void clientsOfHttp2GetWhatNginxGivesThem() throws IOException {
    Certificate certificate = Certificate.make(folder);
    try (GrpcServer plain = GrpcServer.start(FreePorts.next(), 65535);
        GrpcServer secure = GrpcServer.secure(FreePorts.next(), certificate);
        GrpcClient client = new GrpcClient();
        BothServers servers =
            BothServers.start(
                folder,
                """
                server { listen 127.0.0.1:PORT http2; server_name localhost;
                  location / { grpc_pass kept; }
                  location /secure { grpc_pass grpcs://127.0.0.1:@secure; }
                  location /untrusted { grpc_pass grpcs://127.0.0.1:@secure; grpc_ssl_verify on;
                    grpc_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt; }
                  location /itself { grpc_pass grpcs://127.0.0.1:@secure; grpc_ssl_verify on;
                    grpc_ssl_name example.com; grpc_ssl_trusted_certificate @certificate; }
                  location /misnamed { grpc_pass grpcs://127.0.0.1:@secure; grpc_ssl_verify on;
                    grpc_ssl_trusted_certificate @certificate; }
                  location /plain { grpc_pass grpcs://127.0.0.1:@grpc; }
                  location /told { grpc_pass kept; add_trailer X-Told "$upstream_trailer_grpc_status"; }
                }
                upstream kept { server 127.0.0.1:@grpc; keepalive 2; }
                """
                    .replace("@grpc", "" + plain.port())
                    .replace("@certificate", certificate.chain().toString())
                    .replace("@secure", "" + secure.port()),
                Map.of())) {
      SoftAssertions all = new SoftAssertions();
      String large = "0123456789".repeat(30_000);
      for (Asked asked :
          List.of(
              new Asked("/one", List.of("te=trailers", "content-type=application/grpc"), "hello"),
              new Asked("/none", List.of("te=trailers")),
              new Asked("/parts", List.of("x-echo=1"), "one", "two", "three"),
              new Asked("/large", List.of("x-steps=h:status=200|n300000|tgrpc-status=0"), large),
              new Asked("/download", List.of("x-steps=h:status=200|n300000|tgrpc-status=0")),
              new Asked("/upload", List.of("x-steps=H:status=200;grpc-status=0"), large),
              new Asked("/early", List.of("x-early=1", "x-steps=H:status=200;grpc-status=7"), "a"),
              new Asked("/reset", List.of("x-steps=r2"), "a"),
              new Asked("/late-reset", List.of("x-steps=h:status=200|done|w100|r2"), "a"),
              new Asked("/late-close", List.of("x-steps=h:status=200|done|w100|c"), "a"),
              new Asked(
                  "/told", List.of("x-steps=h:status=200|done|w20|tgrpc-status=4;x-a=b"), "a"),
              new Asked(
                  "/length", List.of("x-steps=h:status=200;content-length=3|done|tx-a=b"), "a"),
              new Asked("/secure", List.of("te=trailers"), "hello"),
              new Asked("/untrusted", List.of()),
              new Asked("/itself", List.of()),
              new Asked("/misnamed", List.of()),
              new Asked("/plain", List.of()))) {
        List<String> told =
            servers.each(port -> client.ask(port, asked.path, asked.fields, List.of(asked.parts)));
        all.assertThat(told.getLast()).as(asked.path).isEqualTo(told.getFirst());
      }
      all.assertAll();
    }
  }

  private record Asked(String path, List<String> fields, String... parts) {}

  private static void compare(BothServers servers, OracleCase each) throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (String request : each.requests()) {
      BothServers.Answers answers = servers.ask(request);
      all.assertThat(answers.banyan()).as(request).isEqualTo(answers.nginx());
    }
    all.assertAll();
  }
}
