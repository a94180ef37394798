package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.it.load.Scene.Protocol;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
  private static Options parse(String... words) {
    return Options.parse(List.of(words), Path.of("/checkout"));
  }

  @Test
  void withoutOptionsThereIsOneSceneAndEveryServer() {
    Options options = parse();
    assertThat(options.scenes()).containsExactly(Scene.USUAL);
    assertThat(options.axis()).isEmpty();
    assertThat(options.contenders()).containsExactly(Contender.values());
    assertThat(options.report()).isEqualTo(Path.of("/checkout/.run/load/report.md"));
  }

  @Test
  void anOptionWithSeveralValuesIsTheAxisAndTheOthersHoldForAllOfIt() {
    Options options = parse("--tenants", "10,1000", "--protocol", "h2", "--body", "1048576");
    assertThat(options.axis()).isEqualTo("tenants");
    assertThat(options.scenes())
        .containsExactly(
            new Scene(Protocol.H2, 32, 8, 1_048_576, 0, 10),
            new Scene(Protocol.H2, 32, 8, 1_048_576, 0, 1_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tenants 10,20 --modules 1,2|--modules and --tenants have several values",
        "--protocol h3|--protocol \"h3\" is not accepted: expected h1, tls or h2",
        "--connections 0|--connections \"0\" is not accepted: expected a whole number from 1",
        "--connections 100000|--connections 100000: at most 15000",
        "--modules|--modules has no value",
        "--rounds 1 --speed 3|--speed is unknown: expected --rounds N",
        "tenants 3|tenants is unknown",
        "--servers old,apache|--servers \"apache\" is not accepted",
      })
  void aMistakeIsNamedWithWhatIsExpected(String words, String message) {
    assertThatThrownBy(() -> parse(words.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
