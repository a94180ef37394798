package dev.banyan.it.origin;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bodies that depend on their size only, so that two origins answer alike. */
final class Pages {
  private static final String[] WORDS = {
    "harvest", "willow", "copper", "lantern", "meadow", "harbour", "velvet", "thistle", "ember",
    "orchard", "granite", "saffron", "juniper", "cobalt", "marble", "cinder"
  };
  private static final String[] MAILS = {
    "anna.berg@example.org",
    "sales+eu@shop-7.example.com",
    "O_Neill%dept@mail.example.co.uk",
    "root@localhost",
    "half@@example.org",
    "x@y.zz"
  };

  private Pages() {}

  /** HTML of about that many bytes, with e-mail addresses in text, attributes and at the end. */
  static byte[] html(int size) {
    Random random = new Random(size);
    StringBuilder page = new StringBuilder("<!doctype html>\n<html><head><title>Page of ");
    page.append(size).append("</title></head><body>\n");
    while (page.length() < size) {
      String mail = MAILS[random.nextInt(MAILS.length)];
      switch (random.nextInt(6)) {
        case 0 -> page.append("<a href=\"mailto:").append(mail).append("\">write</a>\n");
        case 1 -> page.append("<p>Ask ").append(mail).append(", please.</p>\n");
        default -> page.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
    }
    return octets(page.append("</body></html>last@example.net").toString());
  }

  /** JSON of about that many bytes. */
  static byte[] json(int size) {
    Random random = new Random(size);
    StringBuilder text = new StringBuilder("{\"size\":").append(size).append(",\"items\":[0");
    while (text.length() < size) {
      text.append(",{\"name\":\"").append(WORDS[random.nextInt(WORDS.length)]);
      text.append("\",\"mail\":\"").append(MAILS[0]).append("\"}");
    }
    return octets(text.append("]}").toString());
  }

  /** Exactly that many bytes of every value. */
  static byte[] binary(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
