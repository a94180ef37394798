package dev.banyan.server.check;

import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.Listen;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.ServerConf;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds listening addresses that are taken. */
final class AddressCheck {
  private AddressCheck() {}

  static List<ConfigProblem> of(NginxConf conf) {
    List<ConfigProblem> problems = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (ServerConf server : conf.http().servers()) {
      for (Listen listen : server.listens()) {
        String address = listen.address().host() + ":" + listen.address().port();
        if (seen.add(address) && isTaken(listen)) {
          problems.add(
              new ConfigProblem(
                  Path.of(listen.file()),
                  listen.line(),
                  "address "
                      + address
                      + " is taken: stop what listens there, or change the \"listen\""));
        }
      }
    }
    return problems;
  }

  private static boolean isTaken(Listen listen) {
    int port = listen.address().port();
    String host = listen.address().host();
    if (port == 0 || host.startsWith(HostPort.UNIX)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          listen.wildcard() ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
