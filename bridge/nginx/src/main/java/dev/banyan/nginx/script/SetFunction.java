package dev.banyan.nginx.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the directives of the modules set-misc, encrypted-session, form-input, iconv and array-var
 * set their variable to.
 */
public enum SetFunction {
  IF_EMPTY(Form.WITH_TARGET),
  QUOTE_SQL_STR(Form.ONE),
  QUOTE_PGSQL_STR(Form.ONE),
  QUOTE_JSON_STR(Form.ONE),
  UNESCAPE_URI(Form.ONE),
  ESCAPE_URI(Form.ONE),
  HASHED_UPSTREAM(Form.GIVEN),
  ENCODE_BASE32(Form.ONE),
  DECODE_BASE32(Form.ONE),
  ENCODE_BASE64(Form.ONE),
  DECODE_BASE64(Form.ONE),
  ENCODE_BASE64URL(Form.ONE),
  DECODE_BASE64URL(Form.ONE),
  ENCODE_HEX(Form.ONE),
  DECODE_HEX(Form.ONE),
  SHA1(Form.ONE),
  MD5(Form.ONE),
  HMAC_SHA1(Form.GIVEN),
  HMAC_SHA256(Form.GIVEN),
  RANDOM(Form.GIVEN),
  SECURE_RANDOM_ALPHANUM(Form.ONE),
  SECURE_RANDOM_LCALPHA(Form.ONE),
  ROTATE(Form.WITH_TARGET),
  LOCAL_TODAY(Form.ONE),
  FORMATTED_GMT_TIME(Form.ONE),
  FORMATTED_LOCAL_TIME(Form.ONE),
  ENCRYPT_SESSION(Form.ONE),
  DECRYPT_SESSION(Form.ONE),
  FORM_INPUT(Form.NAMED),
  FORM_INPUT_MULTI(Form.NAMED),
  ICONV(Form.RECODED),
  ARRAY_SPLIT(Form.ARRAY),
  ARRAY_JOIN(Form.ARRAY),
  ARRAY_MAP_OP(Form.ARRAY),
  ARRAY_MAP(Form.ARRAY);

  /** The variable that is each item in turn while {@link #ARRAY_MAP} evaluates its text. */
  public static final String ARRAY_ITEM = "array_it";

  private static final String TO = "to=";
  private static final String FROM = "from=";

  private static final Map<String, SetFunction> BY_DIRECTIVE =
      Stream.of(values()).collect(Collectors.toMap(SetFunction::directive, Function.identity()));

  private final Form form;

  SetFunction(Form form) {
    this.form = form;
  }

  /** Which words of a directive are what it computes from. */
  private enum Form {
    /** The word behind the variable, or, without one, the variable: {@code ndk_set_var_value}. */
    ONE,
    /** All words behind the variable. */
    GIVEN,
    /** All words, the variable first. */
    WITH_TARGET,
    /** The word behind the variable, or, without one, the variable's name. */
    NAMED,
    /** The word behind the variable, then what is behind {@code from=} and {@code to=}. */
    RECODED,
    /** All words but one behind {@code to=}; without that one the second is the variable. */
    ARRAY
  }

  /** The function of a directive; null for a directive of another module. */
  public static @Nullable SetFunction find(String directive) {
    return BY_DIRECTIVE.get(directive);
  }

  /** The directive's name. */
  public String directive() {
    String name = name().toLowerCase(Locale.ROOT);
    return form == Form.ARRAY ? name : "set_" + name;
  }

  /** Whether one value becomes another one, so that other modules may call it by its name. */
  public boolean isCallable() {
    return form == Form.ONE;
  }

  /** The word that is the variable, of all of a directive's; empty where there is none. */
  public String target(List<String> words) {
    if (form != Form.ARRAY) {
      return words.isEmpty() ? "" : words.getFirst();
    }
    if (words.size() > 2 && words.getLast().startsWith(TO)) {
      return words.getLast().substring(TO.length());
    }
    return words.size() > 1 ? words.get(1) : "";
  }

  /** What is wrong with a directive's words; null for nothing. */
  public @Nullable String misuse(List<String> words) {
    int count = words.size();
    if (form == Form.RECODED && !(option(words.get(2), FROM) && option(words.get(3), TO))) {
      return "\"" + directive() + "\" directive expects \"from=\" and \"to=\"";
    }
    if (form != Form.ARRAY || count < 3) {
      return null;
    }
    boolean third = words.get(2).startsWith(TO);
    if (this != ARRAY_SPLIT) {
      return third
          ? null
          : this == ARRAY_MAP ? expecting("3rd", words.get(2)) : unexpected(words.get(2));
    }
    int most = third ? 3 : 4;
    if (count > most) {
      return unexpected(words.get(most));
    }
    return count == 4 && !words.get(3).startsWith(TO) ? expecting("4th", words.get(3)) : null;
  }

  private static boolean option(String word, String name) {
    return word.regionMatches(true, 0, name, 0, name.length());
  }

  private String unexpected(String word) {
    return directive() + ": unexpected argument \"" + word + "\"";
  }

  private String expecting(String place, String word) {
    return "%s: expecting the \"to\" option at the %s argument: \"%s\""
        .formatted(directive(), place, word);
  }

  /** The words that are computed from, of all of a directive's. */
  public List<String> arguments(List<String> words) {
    return switch (form) {
      case ONE -> List.of(words.getLast());
      case GIVEN -> words.subList(1, words.size());
      case WITH_TARGET -> words;
      case RECODED ->
          List.of(
              words.get(1),
              words.get(2).substring(FROM.length()),
              words.get(3).substring(TO.length()));
      case NAMED ->
          words.size() == 1 ? List.of(words.getFirst().substring(1)) : words.subList(1, 2);
      case ARRAY ->
          words.size() > 2 && words.getLast().startsWith(TO)
              ? words.subList(0, words.size() - 1)
              : words;
    };
  }
}
