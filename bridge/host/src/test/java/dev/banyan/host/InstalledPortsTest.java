package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of ports: loaded, refused, replaced and unloaded. */
final class InstalledPortsTest {
  private static final String LATER =
      "@Function(\"f\") public String f() { return Later.text(); } ";

  @TempDir Path folder;

  private ModuleHost load(String version, String body) throws IOException {
    return ModuleHost.load(List.of(JarMaker.port(folder, version, body)));
  }

  private static String constant(String value) {
    return "@Function(\"f\") public String f() { return \"" + value + "\"; } ";
  }

  private static @Nullable Object call(ModuleHost host) {
    BoundPort port = Objects.requireNonNull(host.port("m"));
    BoundFunction function = Objects.requireNonNull(port.function("f"));
    CallOutcome outcome = function.invoke(new Object(), List.of(), new NoWorld());
    assertThat(outcome).isInstanceOf(CallOutcome.Answered.class);
    return ((CallOutcome.Answered) outcome).results().values().getFirst();
  }

  @Test
  void aPortTellsItsVersionAndTheChecksumOfItsJar() throws IOException {
    BoundPort port = Objects.requireNonNull(load("1.2.3", constant("one")).port("m"));
    assertThat(port.version()).isEqualTo("1.2.3");
    assertThat(port.checksum()).matches("[0-9a-f]{64}");
  }

  @Test
  void whatIsLoadedOutlivesItsFile() throws IOException {
    ModuleHost host = load("1", LATER);
    Files.writeString(folder.resolve("port.jar"), "gone");
    assertThat(call(host)).as("a class that is loaded late").isEqualTo("later");
  }

  @Test
  void theFormerVersionServesOnBesideTheNewOne() throws IOException {
    ModuleHost one = load("1", constant("one"));
    InstalledPorts installed = new InstalledPorts(one);
    assertThat(installed.replace(load("2", constant("two")))).containsExactly("m");
    assertThat(call(installed.current())).isEqualTo("two");
    assertThat(call(one)).isEqualTo("one");
  }

  @Test
  void anOlderVersionIsRefusedAndTheRunningOneStays() throws IOException {
    InstalledPorts installed = new InstalledPorts(load("1.10", constant("new")));
    ModuleHost older = load("1.9", constant("old"));
    assertThatThrownBy(() -> installed.replace(older))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("would go back from version 1.10 to 1.9");
    assertThat(call(installed.current())).isEqualTo("new");
  }

  @Test
  void theSameJarIsNoChangeAndAMissingOneIs() throws IOException {
    InstalledPorts installed = new InstalledPorts(load("1", constant("one")));
    assertThat(installed.replace(ModuleHost.load(List.of(folder.resolve("port.jar"))))).isEmpty();
    assertThat(installed.replace(ModuleHost.empty())).containsExactly("m");
    assertThat(installed.current().port("m")).isNull();
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws IOException {
    Path file = folder.resolve("port.jar");
    Files.writeString(file, "not a jar");
    assertThatThrownBy(() -> ModuleHost.load(List.of(file)))
        .isInstanceOf(PortDefect.class)
        .hasMessage(file + " is no jar: build it again, or remove it");
  }

  @Test
  void aPortThatStartsAThreadBehindItsCodesBackIsRefused() {
    assertThatThrownBy(() ->
            load(
                "1",
                constant("one")
                    + "public Made() throws ReflectiveOperationException { Runnable busy = Made::run;"
                    + " Object t = Thread.class.getConstructor(Runnable.class, String.class)"
                    + ".newInstance(busy, \"busy\");"
                    + " Thread.class.getMethod(\"setDaemon\", boolean.class).invoke(t, true);"
                    + " Thread.class.getMethod(\"start\").invoke(t); }"
                    + " static void run() { while (true) { Thread.onSpinWait(); } }"))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("starts thread \"busy\"");
  }

  @Test
  void nothingOfTheHostIsWithinAPortsReach() throws IOException {
    ModuleHost host =
        load(
            "1",
            "@Function(\"f\") public String f() { try {"
                + " return Class.forName(\"dev.banyan.host.ModuleHost\").getName(); }"
                + " catch (ClassNotFoundException e) { return \"out of reach\"; } }");
    assertThat(call(host)).isEqualTo("out of reach");
  }

  @Test
  void aNewVersionHearsWhatTheFormerHeard() throws IOException {
    String mirrored =
        "private volatile String heard = \"nothing\"; @Mirror(\"load\") public void load(String s)"
            + " { heard = s; } @Function(\"f\") public String f() { return heard; } ";
    InstalledPorts installed = new InstalledPorts(load("1", mirrored));
    installed.mirror("m", "load", List.of("first"), folder);
    installed.mirror("m", "load", List.of("latest"), folder);
    installed.replace(load("2", mirrored));
    assertThat(call(installed.current())).isEqualTo("latest");
  }

  @Test
  void aNewVersionThatCannotFollowIsRefused() throws IOException {
    InstalledPorts installed =
        new InstalledPorts(
            load("1", constant("one") + "@Mirror(\"load\") public void load(String s) {}"));
    installed.mirror("m", "load", List.of("x"), folder);
    ModuleHost next =
        load(
            "2",
            constant("two")
                + "@Mirror(\"load\") public void load(String s) {"
                + " throw new IllegalStateException(\"unreadable\"); }");
    assertThatThrownBy(() -> installed.replace(next))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("can't follow \"load\"")
        .hasMessageContaining("unreadable");
    assertThat(call(installed.current())).isEqualTo("one");
  }

  @Test
  void atMostTwoClassLoadersOutliveTwoHundredSwaps() throws IOException, InterruptedException {
    Path jar = JarMaker.port(folder, "1", constant("one"));
    InstalledPorts installed = new InstalledPorts(ModuleHost.load(List.of(jar)));
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ModuleHost next = ModuleHost.load(List.of(jar));
      assertThat(call(next)).isEqualTo("one");
      BoundPort port = Objects.requireNonNull(next.port("m"));
      loaders.add(new WeakReference<>(port.type().getClassLoader()));
      installed.replace(next);
    }
    for (int i = 0; i < 20 && alive(loaders) > 2; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(alive(loaders)).isBetween(1L, 2L);
  }

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(one -> one.get() != null).count();
  }
}
