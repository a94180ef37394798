package dev.banyan.lua.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What {@code #} is of tables with holes, which depends on how they were made. */
class LengthsTest {
  private static final int CONSTRUCTORS = 1_500;
  private static final int HISTORIES = 1_500;

  /**
   * How many histories may end otherwise. Where a number was removed from the hash part, when
   * LuaJIT next sizes both parts anew depends on which keys' hashes meet.
   */
  private static final int APART = 20;

  private static final String[] ITEMS = {
    "nil", "none", "one", "f()", "{}", "(f())", "one", "n=1", "a=one"
  };
  private static final String[] USUAL = {
    "{}",
    "{1}",
    "{1,2,3}",
    "{one,one}",
    "{g()}",
    "{one,one,one,one,one}",
    "{n=1}",
    "{1,2,n=1}",
    "{a=1,b=2}",
    "{one,f=f}",
    "{f()}",
    "{'a',one,'b'}"
  };
  private static final String[] LAST = {"f()", "g()", "...", "h()"};
  private static final String HEAD =
      "local one, none = 1, nil"
          + " local function f() return nil end"
          + " local function g() return 1, nil, 3 end"
          + " local function h() return nil, 2, nil end ";

  private final Random random = new Random(7);

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String constructor() {
    List<String> entries = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      entries.add(pick(ITEMS));
    }
    if (random.nextInt(5) == 0) {
      entries.add(pick(LAST));
    }
    return "{" + String.join(", ", entries) + "}";
  }

  private String step() {
    int key = 1 + random.nextInt(9);
    return switch (random.nextInt(10)) {
      case 0, 1 -> "t[#t+1]=1";
      case 2 -> "table.insert(t,1)";
      case 3 -> "table.insert(t,1,1)";
      case 4 -> "table.remove(t)";
      case 5 -> "table.remove(t,1)";
      case 6, 7 -> "if t[" + key + "] then t[" + key + "]=nil end";
      case 8 -> "t[" + key + "]=1";
      default -> pick("t.a=1", "t.b=1", "if t.a then t.a=nil end");
    };
  }

  private String history() {
    StringBuilder text = new StringBuilder(HEAD + "local t=" + pick(USUAL) + " local l={#t}");
    for (int i = 1 + random.nextInt(14); i > 0; i--) {
      text.append(' ').append(step()).append(" l[#l+1]=#t");
    }
    return text + " return table.concat(l,' ')";
  }

  private static List<String> differences(List<String> snippets) throws Exception {
    FutureTask<List<String>> probe = new FutureTask<>(() -> DifferentialTest.differences(snippets));
    new Thread(null, probe, "probe", 64L << 20).start();
    return probe.get();
  }

  @Test
  void constructorsGiveTheLengthsOfLuajit() throws Exception {
    List<String> snippets = new ArrayList<>();
    for (int i = 0; i < CONSTRUCTORS; i++) {
      snippets.add(HEAD + "return #" + constructor());
    }
    assertThat(differences(snippets)).isEmpty();
  }

  @Test
  void nearlyAllHistoriesGiveTheLengthsOfLuajit() throws Exception {
    List<String> snippets = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      snippets.add(history());
    }
    assertThat(differences(snippets)).hasSizeLessThan(APART);
  }
}
