package dev.banyan.testkit;

import dev.banyan.gateway.LuaHomes;
import dev.banyan.host.BoundPort;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.nginx.NginxConf;
import dev.banyan.vectors.Vector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives its {@link Twins} to a test of {@link Twin}. */
final class TwinExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Twins.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Twin twin = context.getRequiredTestMethod().getAnnotation(Twin.class);
    if (twin == null) {
      throw new ExtensionConfigurationException("a method that takes Twins is marked with @Twin");
    }
    List<Vector> vectors = ReplayExtension.vectors(twin.value());
    BoundPort port = ReplayExtension.port(twin.port(), twin.value(), vectors);
    return new Twins(home(twin.legacy()), port, vectors, twin.cases(), twin.seed());
  }

  private static LuaHome home(String legacy) {
    Path here = Path.of("").toAbsolutePath();
    Path prefix =
        Stream.iterate(here, path -> path != null, Path::getParent)
            .map(path -> path.resolve(legacy))
            .filter(path -> Files.isRegularFile(path.resolve("nginx.conf")))
            .findFirst()
            .orElseThrow(() ->
                new ExtensionConfigurationException(
                    "no \"" + legacy + "\" with an nginx.conf in " + here + " or above it"));
    return LuaHomes.of(NginxConf.load(prefix.resolve("nginx.conf"), prefix));
  }
}
