package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.load.Scene.Protocol;
import dev.banyan.it.process.AdminClient;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short loads of real servers, under what the usual one doesn't have. */
final class StageTest {
  @TempDir Path folder;

  private Map<Contender, List<Shot>> measure(Scene scene, int rate, Contender... contenders)
      throws Exception {
    Path root = LegacyCopy.source().resolve("..").normalize().toAbsolutePath();
    Options options =
        new Options(
            1, 2, 1, rate, "", List.of(scene), List.of(contenders), folder.resolve("r.md"), "");
    try (Stage stage = Stage.start(root, folder.resolve("work"), options, scene)) {
      return stage.measure();
    }
  }

  private static void answersAll(Map<Contender, List<Shot>> measured, Contender... contenders) {
    assertThat(measured).containsOnlyKeys(contenders);
    measured.forEach((contender, shots) -> {
      assertThat(shots).singleElement().extracting(Shot::errors).as("%s", contender).isEqualTo(0L);
      assertThat(shots.getFirst().requests()).as("%s", contender).isGreaterThan(20);
    });
  }

  @Test
  void nginxAnswersOverHttp2WithMoreModulesAndTenants() throws Exception {
    Scene scene = new Scene(Protocol.H2, 4, 2, 2_000, 6, 20);
    answersAll(measure(scene, 0, Contender.BARE, Contender.LUAJIT), Contender.LUAJIT);
  }

  @Test
  void banyanAnswersTheSameWithoutLuaWhereTheModulesHaveTheirPorts() throws Exception {
    Scene scene = new Scene(Protocol.H2, 4, 2, 2_000, 6, 20);
    Path root = LegacyCopy.source().resolve("..").normalize().toAbsolutePath();
    List<Integer> ports = Grounds.freePorts(1);
    int origin = ports.getFirst();
    Props props = Props.make(scene, origin, folder.resolve("props"));
    Grounds grounds = Grounds.make(root, folder.resolve("new"), List.of(origin, origin, origin));
    props.addTo(grounds);
    Path yaml = grounds.banyanYaml(root, "java", true);
    props.modules().addTo(yaml, "java", true);
    Shot.Load load =
        new Shot.Load(
            scene.protocol(), 4, 2, new Mix(props.tenants().hosts()), folder.resolve("none"), 0);
    try (Program _ = Stage.origin(folder.resolve("origin"), origin, scene.body())) {
      BanyanServer banyan = BanyanServer.start(BanyanConfig.load(yaml));
      try {
        Shot shot = Shot.at(grounds.address(), ProcessHandle.current(), load, 2);
        assertThat(shot.errors()).isZero();
        assertThat(shot.requests()).isGreaterThan(20);
        AdminClient admin = new AdminClient(grounds);
        assertThat(admin.status().at("/paths/withoutLua").asLong())
            .as("%s", admin.status())
            .isGreaterThanOrEqualTo(shot.requests());
        assertThat(admin.status().at("/paths/inLua").asLong()).isZero();
        assertThat(admin.module("extra.m0").path("javaCalls").asLong()).isPositive();
      } finally {
        banyan.stop(Duration.ZERO);
      }
    }
  }

  @Test
  void tlsAtARateWithLargeAnswersIsAnswered() throws Exception {
    Scene scene = new Scene(Protocol.TLS, 4, 1, 1 << 20, 0, 0);
    answersAll(
        measure(scene, 40, Contender.BARE, Contender.NGINX), Contender.BARE, Contender.NGINX);
  }
}
