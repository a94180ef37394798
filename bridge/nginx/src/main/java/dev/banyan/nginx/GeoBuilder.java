package dev.banyan.nginx;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariablePrefix;
import dev.banyan.nginx.syntax.Directive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads one {@code geo}. */
final class GeoBuilder {
  private final Compiler compiler;
  private final Directive directive;
  private final Map<Cidr, String> networks = new HashMap<>();
  private final List<GeoTable.Range> ranges = new ArrayList<>();
  private final List<Cidr> proxies = new ArrayList<>();
  private boolean rangeMode;
  private boolean recursive;
  private @Nullable String fallback;

  GeoBuilder(Compiler compiler, Directive directive) {
    this.compiler = compiler;
    this.directive = directive;
  }

  GeoTable build() {
    directive.children().forEach(this::entry);
    Variable forwarded = new Variable.Prefixed(VariablePrefix.HTTP, "x_forwarded_for");
    return new GeoTable(
        source(),
        proxies.isEmpty() ? null : forwarded,
        proxies,
        recursive,
        networks,
        ranges,
        fallback);
  }

  private Variable source() {
    Variable peer = new Variable.Standard(BuiltinVariable.REMOTE_ADDR);
    if (directive.args().size() < 2) {
      return peer;
    }
    String name = directive.arg(0);
    Variable variable = name.startsWith("$") ? compiler.variables().find(name.substring(1)) : null;
    if (variable == null) {
      boolean named = name.startsWith("$") && name.length() > 1;
      compiler
          .problems()
          .add(
              directive,
              named
                  ? "unknown \"" + name.substring(1) + "\" variable"
                  : "invalid variable name \"" + name + "\"");
    }
    return variable == null ? peer : variable;
  }

  private void entry(Directive entry) {
    String key = entry.name();
    switch (key) {
      case "ranges" -> rangeMode = true;
      case "proxy_recursive" -> recursive = true;
      default -> {
        if (entry.args().size() != 1) {
          compiler.problems().add(entry, "invalid number of the geo parameters");
        } else {
          valued(entry, key, entry.arg(0));
        }
      }
    }
  }

  private void valued(Directive entry, String key, String value) {
    switch (key) {
      case "default" -> fallback = value;
      case "proxy" -> proxies.add(network(entry, value));
      case "delete" -> {
        if (rangeMode) {
          GeoTable.Range range = range(entry, value, "");
          ranges.removeIf(r -> r.first().equals(range.first()) && r.last().equals(range.last()));
        } else {
          networks.remove(network(entry, value));
        }
      }
      default -> {
        if (rangeMode) {
          ranges.add(range(entry, key, value));
        } else {
          networks.put(network(entry, key), value);
        }
      }
    }
  }

  private Cidr network(Directive entry, String text) {
    if (text.equals("255.255.255.255")) {
      return new Cidr(new byte[] {-1, -1, -1, -1}, 32);
    }
    Cidr network = Cidr.parse(text);
    if (network == null) {
      compiler.problems().add(entry, "invalid network \"" + text + "\"");
    }
    return network == null ? new Cidr(new byte[4], 32) : network;
  }

  private GeoTable.Range range(Directive entry, String text, String value) {
    int dash = text.indexOf('-');
    byte[] first = dash < 0 ? null : IpAddress.parse(text.substring(0, dash));
    byte[] last = dash < 0 ? null : IpAddress.parse(text.substring(dash + 1));
    boolean addresses = first != null && last != null && first.length == 4 && last.length == 4;
    if (!addresses || Arrays.compareUnsigned(first, last) > 0) {
      compiler.problems().add(entry, "invalid range \"" + text + "\"");
      return new GeoTable.Range(BigInteger.ONE, BigInteger.ZERO, value);
    }
    return new GeoTable.Range(new BigInteger(1, first), new BigInteger(1, last), value);
  }
}
