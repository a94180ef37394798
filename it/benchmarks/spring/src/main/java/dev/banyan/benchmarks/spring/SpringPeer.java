package dev.banyan.benchmarks.spring;

import io.netty.channel.ChannelOption;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The server: every request goes through the edge's filter to the origin that the ports choose. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SpringPeer {
  private static final int BACKLOG = 4096;

  /**
   * Arguments: the folder of a copy of the sample legacy, and where to listen; for TLS with HTTP/2,
   * the files of a certificate and its key.
   */
  public static void main(String[] args) {
    System.setProperty("reactor.netty.ioWorkerCount", "2");
    System.setProperty("edge.lines", args[0] + "/logs/edge.json");
    SpringApplication application = new SpringApplication(SpringPeer.class);
    application.setDefaultProperties(
        args.length > 2
            ? Map.of(
                "edge.legacy",
                args[0],
                "server.port",
                args[1],
                "server.http2.enabled",
                "true",
                "server.ssl.certificate",
                "file:" + args[2],
                "server.ssl.certificate-private-key",
                "file:" + args[3])
            : Map.of("edge.legacy", args[0], "server.port", args[1]));
    application.run();
  }

  /** One route for all; its address is a stand-in for the one that the ports choose. */
  @Bean
  RouteLocator routes(RouteLocatorBuilder builder) {
    return builder
        .routes()
        .route(
            "edge",
            route ->
                route
                    .path("/**")
                    .filters(filters -> filters.preserveHostHeader())
                    .uri("http://0.0.0.1"))
        .build();
  }

  /** The ports, with what they read from the legacy's files. */
  @Bean
  EdgePorts ports(Environment environment) {
    return EdgePorts.load(Path.of(environment.getRequiredProperty("edge.legacy")));
  }

  /** Runs the ports. */
  @Bean
  EdgeFilter edgeFilter(EdgePorts ports) {
    return new EdgeFilter(ports);
  }

  /** Sends the request where they said. */
  @Bean
  PeerFilter peerFilter() {
    return new PeerFilter();
  }

  /** So many connections may wait to be accepted, as the other servers allow. */
  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> backlog() {
    return factory ->
        factory.addServerCustomizers(server -> server.option(ChannelOption.SO_BACKLOG, BACKLOG));
  }
}
