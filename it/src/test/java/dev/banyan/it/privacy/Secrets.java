package dev.banyan.it.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** Secrets as they occur in requests, drawn anew by a fixed seed. */
final class Secrets {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String ALL = LETTERS + LETTERS.toUpperCase(Locale.ROOT) + "0123456789";

  private static final List<Function<Secrets, Planted>> KINDS =
      List.of(
          s -> s.plain("Bearer ", s.draw(ALL, 24)),
          s -> s.plain("Basic ", s.base64(14)),
          s -> s.jwt(),
          s -> s.plain("", "sk_live_" + s.draw(ALL, 24)),
          s -> s.plain("", "ghp_" + s.draw(ALL, 36)),
          s -> s.plain("", "AKIA" + s.draw("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
          s -> s.plain("", s.draw(ALL + "+/", 40)),
          s -> s.plain("", s.draw("0123456789abcdef", 32)),
          s -> s.plain("", new UUID(s.random.nextLong(), s.random.nextLong()).toString()),
          s -> s.plain("card ", s.card()),
          s -> s.plain("", s.base64(24)),
          s -> s.plain("", s.draw("bcdfghjklmnpqrstvwxz", 26)),
          s -> s.plain("", "xoxb-" + s.draw("0123456789", 11) + "-" + s.draw(ALL, 24)),
          s -> s.named("password=", s.draw(ALL, 9)),
          s -> s.named("{\"client_secret\": \"", s.draw(ALL, 8)),
          s -> s.named("Cookie: theme=dark; id=", s.draw(ALL, 10)),
          s -> s.named("https://ann:", s.draw(ALL, 9), "@host/"));

  private final Random random;

  private Secrets(long seed) {
    this.random = new Random(seed);
  }

  /**
   * A secret in its surroundings.
   *
   * @param text as a client sends it
   * @param value what must be found nowhere
   */
  record Planted(String text, String value) {}

  static List<Planted> of(int count, long seed) {
    Secrets secrets = new Secrets(seed);
    List<Planted> planted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      planted.add(KINDS.get(i % KINDS.size()).apply(secrets));
    }
    return planted;
  }

  private Planted plain(String before, String value) {
    return new Planted("user ann " + before + value + " ok", value);
  }

  private Planted named(String name, String value) {
    return named(name, value, "");
  }

  private Planted named(String name, String value, String after) {
    return new Planted(name + value + after, value);
  }

  private Planted jwt() {
    String head = encoded("{\"alg\":\"HS256\"}");
    String value = head + "." + encoded("{\"sub\":\"" + draw(ALL, 8) + "\"}") + "." + base64(18);
    return plain("", value);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private String base64(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  private String draw(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** Sixteen digits that pass Luhn's check. */
  private String card() {
    String digits = "4" + draw("0123456789", 14);
    for (char check = '0'; ; check++) {
      int sum = 0;
      String number = digits + check;
      for (int i = 0; i < number.length(); i++) {
        int digit = (number.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
      }
      if (sum % 10 == 0) {
        return number;
      }
    }
  }
}
