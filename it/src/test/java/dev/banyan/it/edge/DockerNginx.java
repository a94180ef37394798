package dev.banyan.it.edge;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The same nginx in a container of the host's network, from an image that {@code
 * scripts/nginx-image} makes of Debian's packages, without a registry.
 */
final class DockerNginx implements Server {
  static final String IMAGE = "banyan-it-nginx:local";

  /** Whether an engine answers. */
  static boolean engineAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Whether that engine has the image. */
  static boolean imagePresent() {
    return DockerClientFactory.instance().client().listImagesCmd().withShowAll(true).exec().stream()
        .anyMatch(
            image -> image.getRepoTags() != null && List.of(image.getRepoTags()).contains(IMAGE));
  }

  @Override
  public String name() {
    return "nginx (container " + IMAGE + ")";
  }

  @Override
  public Running start(LegacyCopy legacy) throws IOException {
    GenericContainer<?> container = container(legacy);
    try {
      container.start();
      Listening.await(legacy.address(), container::isRunning);
    } catch (RuntimeException | IOException e) {
      String logs = container.isCreated() ? container.getLogs() : "";
      container.stop();
      throw new IOException("the nginx container did not start: " + logs, e);
    }
    return new ContainerRun(container, legacy.address());
  }

  @SuppressWarnings("resource") // closed by ContainerRun
  private static GenericContainer<?> container(LegacyCopy legacy) {
    String prefix = legacy.prefix().toString();
    return new GenericContainer<>(DockerImageName.parse(IMAGE))
        .withImagePullPolicy(image -> false)
        .withNetworkMode("host")
        .withCreateContainerCmdModifier(
            command -> bind(prefix, Objects.requireNonNull(command.getHostConfig())))
        .withCommand(NginxCommand.of(legacy).toArray(String[]::new));
  }

  // Testcontainers' own way to bind a directory first asks a registry for an image to probe with.
  private static void bind(String directory, HostConfig host) {
    host.withBinds(new Bind(directory, new Volume(directory)));
  }

  private record ContainerRun(GenericContainer<?> container, InetSocketAddress address)
      implements Running {
    @Override
    public void close() {
      container.stop();
    }
  }
}
