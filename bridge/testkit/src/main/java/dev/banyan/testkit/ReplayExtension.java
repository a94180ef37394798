package dev.banyan.testkit;

import dev.banyan.api.Port;
import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes a test of each vector of {@link Replay}. */
final class ReplayExtension implements TestTemplateInvocationContextProvider {
  private static final Path STANDARD = Path.of("src/test/vectors");

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(Replay.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Replay replay = context.getRequiredTestMethod().getAnnotation(Replay.class);
    List<Vector> vectors = vectors(replay.value());
    PortReplay given = new PortReplay(port(replay.port(), replay.value(), vectors));
    Declines declines = replay.mayDecline() ? Declines.PASS : Declines.FAIL;
    List<Vector> own = vectors.stream().filter(vector -> given.takes(vector.call())).toList();
    if (own.isEmpty()) {
      throw new ExtensionConfigurationException(
          replay.port().getName()
              + " replaces none of the functions in \""
              + replay.value()
              + "\"");
    }
    context.publishReportEntry("vectors", Integer.toString(own.size()));
    context.publishReportEntry(
        "vectors of functions that stay Lua's", Integer.toString(vectors.size() - own.size()));
    return own.stream().map(vector -> test(new ReplayedVector(vector, given, declines)));
  }

  /** The vectors of a folder: a path, or a name of one in {@code src/test/vectors}. */
  static List<Vector> vectors(String folder) {
    return VectorFolder.read(folder(folder));
  }

  /** A port, if it is that of the vectors. */
  static BoundPort port(Class<? extends Port> type, String folder, List<Vector> vectors) {
    BoundPort port = ModuleHost.of(List.of(instance(type))).ports().iterator().next();
    String module = vectors.getFirst().call().module();
    if (!module.equals(port.module())) {
      throw new ExtensionConfigurationException(
          "the vectors in \""
              + folder
              + "\" are of "
              + module
              + ", but "
              + type.getName()
              + " is the port of "
              + port.module());
    }
    return port;
  }

  private static Path folder(String value) {
    Path named = STANDARD.resolve(value);
    return Files.isDirectory(named) || value.indexOf('/') < 0 ? named : Path.of(value);
  }

  private static Port instance(Class<? extends Port> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ExtensionConfigurationException(
          type.getName() + " has no public constructor without parameters that works", e);
    }
  }

  private static TestTemplateInvocationContext test(ReplayedVector vector) {
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int index) {
        return vector.name();
      }

      @Override
      public List<Extension> getAdditionalExtensions() {
        return List.of(new Parameter(vector));
      }
    };
  }

  /** Gives the vector to the test's method. */
  private record Parameter(ReplayedVector vector) implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ReplayedVector.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return vector;
    }
  }
}
