package dev.banyan.nginx.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that parses: reads an nginx.conf and what it includes. It knows the grammar
 * only; whether a directive exists is {@link Validator}'s business.
 */
public final class ConfParser {
  /** How deep blocks and includes may nest. */
  static final int MAX_DEPTH = 64;

  private final Path folder;
  private final List<SourceFile> files = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();

  private ConfParser(Path folder) {
    this.folder = folder;
  }

  /**
   * Parses a file; its folder is what relative includes start from.
   *
   * @throws ConfException when it, or an included file, can't be read or parsed
   */
  public static ConfTree parse(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return new ConfParser(parent == null ? file.toAbsolutePath() : parent).parseMain(file);
  }

  /**
   * Parses a text as if it stood in a file of this name; relative includes start from its folder.
   */
  public static ConfTree parse(String text, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    ConfParser parser = new ConfParser(parent == null ? file.toAbsolutePath() : parent);
    return parser.tree(new SourceFile(file.toString(), text));
  }

  private ConfTree parseMain(Path file) {
    return tree(read(file, null));
  }

  private ConfTree tree(SourceFile source) {
    List<Directive> directives = new ArrayList<>();
    try {
      parseFile(source, directives);
    } catch (ConfException e) {
      throw e.behind(directives);
    }
    return new ConfTree(directives, files);
  }

  private void parseFile(SourceFile source, List<Directive> into) {
    files.add(source);
    open.push(source.name());
    block(new Lexer(source), source.name(), into, 0);
    open.pop();
  }

  /** Reads directives up to the end of the block or, at depth 0, of the file. */
  private void block(Lexer lexer, String file, List<Directive> into, int depth) {
    while (true) {
      Words row = lexer.next();
      switch (row.terminator()) {
        case END -> {
          if (depth > 0) {
            throw lexer.error("unexpected end of file, expecting \"}\"");
          }
          return;
        }
        case BLOCK_END -> {
          if (depth == 0) {
            throw lexer.error("unexpected \"}\"");
          }
          return;
        }
        case SEMICOLON -> semicolon(row, file, into);
        case BLOCK_START -> braces(lexer, row, file, into, depth);
      }
    }
  }

  private void semicolon(Words row, String file, List<Directive> into) {
    Directive directive =
        new Directive(row.words().getFirst(), rest(row.words()), null, file, row.line());
    if (Directive.holdsLua(directive.name())) {
      throw directive.error("directive \"" + directive.name() + "\" has no opening \"{\"");
    }
    if (directive.name().equals("include") && directive.args().size() == 1) {
      include(directive, into);
    } else {
      into.add(directive);
    }
  }

  private void braces(Lexer lexer, Words row, String file, List<Directive> into, int depth) {
    String name = row.words().getFirst();
    if (Directive.holdsLua(name)) {
      List<String> args = new ArrayList<>(rest(row.words()));
      args.add(lexer.luaBlock());
      into.add(new Directive(name, args, null, file, row.line()));
      return;
    }
    if (depth >= MAX_DEPTH) {
      throw lexer.error("blocks nest deeper than " + MAX_DEPTH);
    }
    List<Directive> children = new ArrayList<>();
    try {
      block(lexer, file, children, depth + 1);
    } finally { // where the block can't be parsed to its end, too
      into.add(new Directive(name, rest(row.words()), children, file, row.line()));
    }
  }

  private static List<String> rest(List<String> words) {
    return words.subList(1, words.size());
  }

  private void include(Directive directive, List<Directive> into) {
    String pattern = directive.arg(0);
    if (open.size() >= MAX_DEPTH) {
      throw directive.error(
          "includes nest deeper than " + MAX_DEPTH + ", does a file include itself?");
    }
    for (Path path :
        Glob.isPattern(pattern) ? Glob.expand(folder, pattern) : List.of(folder.resolve(pattern))) {
      parseFile(read(path, directive), into);
    }
  }

  private static SourceFile read(Path path, @Nullable Directive included) {
    try {
      return new SourceFile(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      String problem = "open() \"" + path + "\" failed (" + SystemReason.of(e) + ")";
      throw included == null
          ? new ConfException(problem, path.toString(), 1)
          : included.error(problem);
    }
  }
}
