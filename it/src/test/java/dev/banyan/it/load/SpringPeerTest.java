package dev.banyan.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.it.load.Scene.Protocol;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.wire.Field;
import dev.banyan.it.wire.Framing;
import dev.banyan.it.wire.Head;
import dev.banyan.it.wire.Payload;
import dev.banyan.it.wire.RawAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer's command, and how its answers are held against the new path's; not the peer itself. */
final class SpringPeerTest {
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path root;

  private List<String> command(Scene scene) throws Exception {
    Props props = Props.make(scene, 1, root.resolve("props"));
    return SpringPeer.command(root, new Grounds(root.resolve("spring"), 8080, 0), props);
  }

  @Test
  void aPeerThatIsNotBuiltIsLeftOutWithTheCommandThatBuildsIt() {
    assertThatThrownBy(() -> command(Scene.USUAL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mvn -Dfast -Ppeer -pl it/benchmarks/spring -am process-classes");
  }

  @Test
  void thePeerRunsOnItsOwnClassPathAndHasNoModulesButTheLegacys() throws Exception {
    Path built = Files.createDirectories(root.resolve("it/benchmarks/spring/target"));
    Files.writeString(built.resolve("class-path"), "spring.jar");
    assertThat(command(Scene.USUAL))
        .containsSequence("-cp", built.resolve("classes") + ":spring.jar")
        .endsWith(root.resolve("spring/legacy").toString(), "8080");
    assertThatThrownBy(() -> command(new Scene(Protocol.H1, 1, 1, 1, 10, 0)))
        .hasMessageContaining("the legacy's own modules alone");
  }

  private static Sample sample(int status, String body, Field... fields) {
    Head head = new Head("HTTP/1.1 " + status + " x", List.of(fields));
    Payload payload =
        new Payload(Framing.SIZED, body.getBytes(StandardCharsets.ISO_8859_1), List.of(), true);
    return Sample.of(REQUEST, new RawAnswer(head, payload, false));
  }

  @Test
  void answersThatDifferInOrderSpellingAndFramingAreTheSame() {
    Field text = new Field("content-type", "text/plain");
    Sample one =
        sample(200, "x-a: 1\nhost: h", new Field("Server", "nginx"), text, new Field("X-B", "2"));
    Sample other =
        sample(
            200, "Host: h\nX-A: 1", new Field("x-b", "2"), text, new Field("content-length", "14"));
    assertThat(other).isEqualTo(one);
    assertThat(other.logged("{\"bytes\":14,\"bot\":\"b\"}"))
        .isEqualTo(one.logged("{\"bytes\":20,\"bot\":\"b\"}"));
  }

  @Test
  void whatDiffersIsNamedWithItsRequest() {
    Sample one = sample(200, "same", new Field("X-Frame-Options", "DENY"));
    assertThat(sample(403, "same").against(one))
        .isEqualTo("\"GET / HTTP/1.1\": status 403 instead of 200");
    assertThat(sample(200, "same").against(one)).endsWith("[] instead of [x-frame-options: DENY]");
    Sample other = sample(200, "else", new Field("X-Frame-Options", "DENY"));
    assertThat(other.against(one)).endsWith("body [else] instead of [same]");
    assertThat(one.logged("a").against(one.logged("b"))).endsWith("line a instead of b");
  }
}
