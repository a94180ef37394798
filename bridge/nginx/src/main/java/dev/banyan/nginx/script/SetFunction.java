package dev.banyan.nginx.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the directives of the set-misc module set their variable to. */
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
  FORMATTED_LOCAL_TIME(Form.ONE);

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
    WITH_TARGET
  }

  /** The function of a directive; null for a directive of another module. */
  public static @Nullable SetFunction find(String directive) {
    return BY_DIRECTIVE.get(directive);
  }

  /** The directive's name. */
  public String directive() {
    return "set_" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether one value becomes another one, so that other modules may call it by its name. */
  public boolean isCallable() {
    return form == Form.ONE;
  }

  /** The words that are computed from, of all of a directive's. */
  public List<String> arguments(List<String> words) {
    return switch (form) {
      case ONE -> List.of(words.getLast());
      case GIVEN -> words.subList(1, words.size());
      case WITH_TARGET -> words;
    };
  }
}
