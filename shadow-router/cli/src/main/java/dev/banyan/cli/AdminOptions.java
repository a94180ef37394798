package dev.banyan.cli;

import dev.banyan.server.admin.AdminToken;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a running Banyan. */
final class AdminOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "Where the admin address and token are (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(
      names = "--admin",
      paramLabel = "URL",
      description = "The admin listener, instead of the one in the configuration.")
  @Nullable String admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The admin token, instead of the one in the configuration.")
  @Nullable Path tokenFile;

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  AdminClient connect() {
    String url = admin;
    Path token = tokenFile;
    if (url == null || token == null) {
      BanyanConfig found = load();
      url = url == null ? "http://" + found.admin().host() + ":" + found.admin().port() : url;
      token = token == null ? found.admin().tokenFile() : token;
    }
    try {
      return new AdminClient(address(url), AdminToken.load(token));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE,
          "no admin token at " + token + ": start Banyan once, or name its file with --token-file");
    }
  }

  private static URI address(String url) {
    try {
      URI address = new URI(url);
      if ("http".equalsIgnoreCase(address.getScheme()) && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // as what is a URL of something else
    }
    throw new CommandFailure(
        ExitCodes.USAGE, "--admin \"" + url + "\": expected a URL such as http://127.0.0.1:9901");
  }

  private BanyanConfig load() {
    try {
      return BanyanConfig.load(config);
    } catch (ConfigException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }
}
