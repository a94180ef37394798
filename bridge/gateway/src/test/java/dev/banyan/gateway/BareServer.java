package dev.banyan.gateway;

import dev.banyan.nginx.NginxConf;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Serves an nginx.conf in the foreground, for running the gateway alone by hand. */
final class BareServer {
  private BareServer() {}

  public static void main(String[] args) throws InterruptedException {
    Path conf = Path.of(args[0]).toAbsolutePath();
    Path prefix = Path.of(args[1]).toAbsolutePath();
    Gateway gateway = Gateway.start(NginxConf.load(conf, prefix), GatewayOptions.defaults());
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
    System.err.println("serving " + gateway.addresses() + " in " + main.getName());
    new CountDownLatch(1).await();
  }
}
