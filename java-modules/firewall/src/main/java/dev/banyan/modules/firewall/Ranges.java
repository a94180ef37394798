package dev.banyan.modules.firewall;

import dev.banyan.modules.edge.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Immutable: address ranges, sorted by their first address. */
final class Ranges {
  static final Ranges NONE = new Ranges(List.of());

  private static final int ADDRESS_BITS = 32;
  private static final Pattern CIDR = Pattern.compile("([\\d.]+)/?(\\d*)");
  private static final Comparator<Range> WIDEST_FIRST =
      Comparator.comparingLong(Range::first).thenComparingLong(range -> -range.last());

  private static final int MOST_PARSED = 10_000;

  /** A tenant's lists are read at each of its requests, and say the same each time. */
  private static final ConcurrentMap<String, Range> PARSED = new ConcurrentHashMap<>();

  private final List<Range> ranges;

  private Ranges(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** One entry of a list, or why it is none. */
  record Range(long first, long last, String cidr, @Nullable String fault) {
    private static Range faulty(String cidr, String fault) {
      return new Range(0, 0, cidr, fault + cidr);
    }
  }

  /** The good entries of a list; the others are left out. */
  static Ranges of(List<String> cidrs) {
    List<Range> good = new ArrayList<>(cidrs.size());
    for (String cidr : cidrs) {
      Range range = known(cidr);
      if (range.fault() == null) {
        good.add(range);
      }
    }
    good.sort(WIDEST_FIRST);
    return new Ranges(good);
  }

  private static Range known(String cidr) {
    Range known = PARSED.get(cidr);
    if (known == null) {
      known = parse(cidr);
      if (PARSED.size() < MOST_PARSED) {
        PARSED.put(cidr, known);
      }
    }
    return known;
  }

  static Range parse(String cidr) {
    Matcher matcher = CIDR.matcher(cidr);
    long address = matcher.matches() ? Ipv4.number(matcher.group(1)) : Ipv4.MALFORMED;
    if (address < 0) {
      return Range.faulty(cidr, "bad CIDR: ");
    }
    String bits = matcher.group(2);
    double length = bits.isEmpty() ? ADDRESS_BITS : Double.parseDouble(bits);
    if (length > ADDRESS_BITS) {
      return Range.faulty(cidr, "bad prefix length: ");
    }
    long size = 1L << (ADDRESS_BITS - (int) length);
    long first = address / size * size;
    return new Range(first, first + size - 1, cidr, null);
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The entry that a search by halves finds around an address, or null. */
  @Nullable String covering(long address) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = ((low + high + 2) >>> 1) - 1;
      Range range = ranges.get(middle);
      if (address < range.first()) {
        high = middle - 1;
      } else if (address > range.last()) {
        low = middle + 1;
      } else {
        return range.cidr();
      }
    }
    return null;
  }
}
