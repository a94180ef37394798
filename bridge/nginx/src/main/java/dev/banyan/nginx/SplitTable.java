package dev.banyan.nginx;

import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.VariableScope;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code split_clients}: the key's hash picks a part. Immutable. */
final class SplitTable implements Computation {
  /** Parts are counted in hundredths of a percent. */
  private static final int WHOLE = 10_000;

  private static final long HASHES = 0xffff_ffffL;

  private final Template key;
  private final List<Part> parts;

  /** A part takes the hashes below its bound that no earlier one took. */
  record Part(long bound, String value) {}

  private SplitTable(Template key, List<Part> parts) {
    this.key = key;
    this.parts = List.copyOf(parts);
  }

  static SplitTable build(Compiler compiler, Directive directive) {
    List<Part> parts = new ArrayList<>();
    int sum = 0;
    for (Directive entry : directive.children()) {
      if (entry.args().size() != 1) {
        compiler.problems().add(entry, "invalid number of arguments");
        continue;
      }
      int share = entry.name().equals("*") ? WHOLE - sum : share(entry.name());
      if (share < 0 || (share == 0 && !entry.name().equals("*"))) {
        compiler.problems().add(entry, "invalid percent value \"" + entry.name() + "\"");
        continue;
      }
      sum += share;
      boolean rest = entry.name().equals("*");
      parts.add(new Part(rest ? HASHES + 1 : sum * HASHES / WHOLE, entry.arg(0)));
    }
    if (sum > WHOLE) {
      compiler.problems().add(directive, "percent total is greater than 100%");
    }
    return new SplitTable(compiler.template(directive, directive.arg(0)), parts);
  }

  /** Reads {@code 12.34%} as 1234; -1 when it is none. */
  private static int share(String text) {
    if (!text.endsWith("%")) {
      return -1;
    }
    String number = text.substring(0, text.length() - 1);
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    if (fraction.length() > 2) {
      return -1;
    }
    long value = Units.number(whole + (fraction + "00").substring(0, 2)).orElse(-1);
    return value > WHOLE ? WHOLE + 1 : (int) value;
  }

  @Override
  public @Nullable String compute(VariableScope scope) {
    long hash = Murmur2.hash(key.evaluate(scope)) & HASHES;
    for (Part part : parts) {
      if (hash < part.bound()) {
        return part.value();
      }
    }
    return null;
  }

  @Override
  public boolean cacheable() {
    return true;
  }
}
