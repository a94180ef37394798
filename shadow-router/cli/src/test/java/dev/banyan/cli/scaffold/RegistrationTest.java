package dev.banyan.cli.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new port's module and jar become in a {@code banyan.yaml}. */
final class RegistrationTest {
  @TempDir Path folder;
  private final Registration registration = new Registration();

  private String registered(String yaml) throws IOException {
    Path config = Files.writeString(folder.resolve("banyan.yaml"), yaml);
    registration.configuration(config, folder.resolve("java-modules/m"));
    registration.module(config, "edge.m");
    return Files.readString(config);
  }

  @Test
  void theJarAndTheModuleAreListedAsTheOthersAre() throws IOException {
    assertThat(
            registered(
                """
                ports:
                  - java-modules/a/target
                modules:
                    # all of them

                    edge.a: {fail-mode: lua}
                """))
        .isEqualTo(
            """
            ports:
              - java-modules/a/target
              - java-modules/m/target
            modules:
                edge.m: {fail-mode: lua}
                # all of them

                edge.a: {fail-mode: lua}
            """);
    assertThat(registration.todo()).isEmpty();
  }

  @Test
  void whatIsListedAlreadyStaysAsItIs() throws IOException {
    String yaml =
        """
        ports:
          - java-modules/m/target
        modules:
          edge.mm: {fail-mode: lua}
          edge.m:
            fail-mode: closed
        """;
    assertThat(registered(yaml)).isEqualTo(yaml);
    assertThat(registration.done()).hasSize(2).allMatch(line -> line.endsWith("already"));
  }

  @Test
  void whatCannotBeAddedIsLeftToTheUser() throws IOException {
    String yaml = "ports: java-modules/a/target\nmodules: {edge.a: {fail-mode: lua}}\n";
    assertThat(registered(yaml)).isEqualTo(yaml);
    assertThat(registration.todo())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("add \"edge.m: {fail-mode: lua}\" to \"modules\" of "));
  }
}
