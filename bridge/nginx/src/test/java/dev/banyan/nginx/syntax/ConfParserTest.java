package dev.banyan.nginx.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfParserTest {
  @TempDir Path folder = Path.of("");

  @Test
  void quotesKeepSpacesAndBracesAndLoseTheirBackslashes() {
    assertThat(args("set \"a b;{}#\" 'c \"d\"' \"e \\\" \\\\ \\$ \\t|\";"))
        .containsExactly("a b;{}#", "c \"d\"", "e \" \\ \\$ \t|");
  }

  @Test
  void aQuoteInsideAWordIsAnOrdinaryCharacter() {
    assertThat(args("set a\"b c'd e#f;")).containsExactly("a\"b", "c'd", "e#f");
  }

  @Test
  void bracesOfVariablesDoNotOpenBlocks() {
    assertThat(args("set ${uri}x $a${b}c;")).containsExactly("${uri}x", "$a${b}c");
  }

  @Test
  void wordsMaySpanLinesAndTheLineIsWhereTheyEnd() {
    Directive directive = parse("\n set\n  a # comment ; {\n  'b\nc'\n;\n").getFirst();
    assertThat(directive.args()).containsExactly("a", "b\nc");
    assertThat(directive.line()).isEqualTo(6);
  }

  @Test
  void blocksNestAndEmptyQuotesAreWords() {
    Directive outer = parse("a '' { b { c 1; } d; }").getFirst();
    assertThat(outer.args()).containsExactly("");
    assertThat(outer.children()).extracting(Directive::name).containsExactly("b", "d");
    assertThat(outer.children().getFirst().children().getFirst().args()).containsExactly("1");
  }

  @Test
  void octetsComeThroughAsTheyAre() throws IOException {
    Path conf = folder.resolve("nginx.conf");
    Files.write(conf, new byte[] {'a', ' ', (byte) 0xe9, (byte) 0xff, ';'});
    assertThat(ConfParser.parse(conf).directives().getFirst().arg(0)).isEqualTo("\u00e9\u00ff");
  }

  @Test
  void luaBlocksEndAtTheirOwnBrace() {
    String lua =
        """
         local t = { { "}" }, '}', [[ } ]], [==[ ]] } ]==] } -- }
        --[[ } ]] --[=[ }
        ]] } ]=]
        if t[1] then return '\\'}' end
        """;
    List<Directive> directives = parse("content_by_lua_block {" + lua + "}\nnext on;");
    assertThat(directives.getFirst().arg(0)).isEqualTo(lua);
    assertThat(directives.get(1).name()).isEqualTo("next");
    assertThat(directives.get(1).line()).isEqualTo(6);
  }

  @Test
  void setByLuaBlockKeepsItsVariableBeforeItsCode() {
    assertThat(args("set_by_lua_block $x { return 1 }")).containsExactly("$x", " return 1 ");
  }

  @Test
  void includesReplaceTheDirectiveInTheOrderOfTheNames() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/b.conf"), "b 1;");
    Files.writeString(folder.resolve("conf.d/a.conf"), "a 1;\na 2;");
    Files.writeString(folder.resolve("conf.d/.hidden.conf"), "hidden;");
    Files.writeString(folder.resolve("conf.d/c.txt"), "c;");
    assertThat(parse("before;\ninclude conf.d/*.conf;\nafter;"))
        .extracting(Directive::name)
        .containsExactly("before", "a", "a", "b", "after");
    assertThat(parse("include conf.d/[ab].con?;")).hasSize(3);
    assertThat(parse("include none/*.conf;")).isEmpty();
  }

  @Test
  void anIncludedDirectiveKnowsItsOwnFileAndLine() throws IOException {
    Files.writeString(folder.resolve("inner.conf"), "\n\nx 1;");
    Directive inner = parse("http { include inner.conf; }").getFirst().children().getFirst();
    assertThat(inner.file()).endsWith("/inner.conf");
    assertThat(inner.line()).isEqualTo(3);
  }

  @Test
  void aFileThatIncludesItselfIsAnErrorNotAnEndlessLoop() throws IOException {
    Files.writeString(folder.resolve("self.conf"), "include self.conf;");
    assertThatThrownBy(() -> parse("include self.conf;"))
        .isInstanceOf(ConfException.class)
        .hasMessageContaining("does a file include itself?");
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> parse("a {".repeat(10_000)))
        .isInstanceOf(ConfException.class)
        .hasMessageContaining("blocks nest deeper than " + ConfParser.MAX_DEPTH);
  }

  @Test
  void theDumpShowsEveryFileByteForByte() throws IOException {
    Files.writeString(folder.resolve("inner.conf"), "x   1; # kept\n");
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, "include inner.conf;\n");
    assertThat(ConfParser.parse(conf).dump())
        .isEqualTo(
            "# configuration file %s:\ninclude inner.conf;\n\n# configuration file %s:\nx   1; # kept\n\n"
                .formatted(conf, folder.resolve("inner.conf")));
  }

  private List<String> args(String text) {
    return parse(text).getFirst().args();
  }

  private List<Directive> parse(String text) {
    return ConfParser.parse(text, folder.resolve("nginx.conf")).directives();
  }
}
