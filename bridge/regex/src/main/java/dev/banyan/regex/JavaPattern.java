package dev.banyan.regex;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern on {@code java.util.regex}: the fallback where PCRE2 is not installed. */
final class JavaPattern implements CompiledPattern {
  /** Character reads of one match when no limit is set. */
  private static final int DEFAULT_READS = 50_000_000;

  private final Pattern pattern;
  private final List<GroupName> names;
  private final int groupCount;
  private final boolean utf;
  private final boolean anchored;
  private final int reads;

  private JavaPattern(
      Pattern pattern,
      JavaTranslator.Translation translation,
      Set<RegexOption> options,
      int limit) {
    this.pattern = pattern;
    this.names = translation.names();
    this.groupCount = translation.groupCount();
    this.utf = options.contains(RegexOption.UTF);
    this.anchored = options.contains(RegexOption.ANCHORED);
    this.reads = limit == Regex.DEFAULT_MATCH_LIMIT ? DEFAULT_READS : limit;
  }

  static JavaPattern compile(String text, Set<RegexOption> options, int limit) {
    if (options.contains(RegexOption.DFA)) {
      throw JavaTranslator.refuse(text, 0, "DFA matching");
    }
    String source = options.contains(RegexOption.UTF) ? Utf8Subject.decode(text) : text;
    JavaTranslator.Translation translation = new JavaTranslator(source, options).translate();
    try {
      Pattern compiled = Pattern.compile(translation.pattern(), flags(options));
      return new JavaPattern(compiled, translation, options, limit);
    } catch (PatternSyntaxException e) {
      throw new RegexSyntaxException(
          text, e.getDescription(), Math.clamp(e.getIndex(), 0, text.length()));
    }
  }

  private static int flags(Set<RegexOption> options) {
    int flags = Pattern.UNIX_LINES;
    flags |= options.contains(RegexOption.CASELESS) ? Pattern.CASE_INSENSITIVE : 0;
    flags |= options.contains(RegexOption.MULTILINE) ? Pattern.MULTILINE : 0;
    flags |= options.contains(RegexOption.DOTALL) ? Pattern.DOTALL : 0;
    boolean unicodeCase = options.contains(RegexOption.UTF);
    return flags | (unicodeCase ? Pattern.UNICODE_CASE : 0);
  }

  @Override
  public int groupCount() {
    return groupCount;
  }

  @Override
  public List<GroupName> names() {
    return names;
  }

  @Override
  public MatchState newState() {
    return new State();
  }

  @Override
  public void free() {
    // Everything is on the heap.
  }

  private final class State implements MatchState {
    private Subject subject = new OctetSubject(new byte[0], 0, 0);

    @Override
    public void subject(byte[] bytes, int offset, int length) {
      subject =
          utf ? Utf8Subject.of(bytes, offset, length) : new OctetSubject(bytes, offset, length);
    }

    @Override
    public int match(int from, int[] offsets) {
      java.util.regex.Matcher matcher = pattern.matcher(new CountedText(subject, reads));
      matcher.useTransparentBounds(true).useAnchoringBounds(false);
      matcher.region(subject.charIndex(from), subject.length());
      try {
        if (!(anchored ? matcher.lookingAt() : matcher.find())) {
          return 0;
        }
      } catch (StackOverflowError e) {
        throw new RegexFailure(RegexFailure.RECURSION_LIMIT, "the pattern nests too deeply");
      }
      int set = 0;
      for (int group = 0; group <= groupCount; group++) {
        int start = matcher.start(group);
        offsets[2 * group] = start < 0 ? -1 : subject.byteIndex(start);
        offsets[2 * group + 1] = start < 0 ? -1 : subject.byteIndex(matcher.end(group));
        set = start < 0 ? set : group + 1;
      }
      return set;
    }
  }

  /** A subject as characters, with the way back to its bytes. */
  sealed interface Subject extends CharSequence permits OctetSubject, Utf8Subject {
    int charIndex(int byteIndex);

    int byteIndex(int charIndex);
  }

  private static final class OctetSubject implements Subject {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    OctetSubject(byte[] bytes, int offset, int length) {
      this.bytes = bytes;
      this.offset = offset;
      this.length = length;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int charIndex(int byteIndex) {
      return byteIndex;
    }

    @Override
    public int byteIndex(int charIndex) {
      return charIndex;
    }

    @Override
    public char charAt(int index) {
      return (char) (bytes[offset + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new OctetSubject(bytes, offset + start, end - start);
    }
  }

  /** Ends a match that reads more characters than it may. */
  private static final class CountedText implements CharSequence {
    private final CharSequence text;
    private int left;

    CountedText(CharSequence text, int left) {
      this.text = text;
      this.left = left;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left-- <= 0) {
        throw new RegexFailure(RegexFailure.MATCH_LIMIT, "the match limit was met");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }
}
