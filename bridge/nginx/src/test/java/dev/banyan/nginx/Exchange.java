package dev.banyan.nginx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One recorded request and its answer.
 *
 * @param host the Host header; {@code -} for none
 * @param answer the status, then the body or, of a redirect, the address; octets that don't print
 *     are escaped
 */
record Exchange(String method, String host, String target, String answer) {
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\S+) => ?(.*)");
  private static final Pattern RESPONSE =
      Pattern.compile("HTTP/1\\.1 (\\d+) .*?\r\n(.*?)\r\n\r\n(.*)", Pattern.DOTALL);
  private static final Pattern LOCATION = Pattern.compile("\r\nLocation: (.*?)(\r|$)");

  static Exchange parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not METHOD HOST TARGET => ANSWER: " + line);
    }
    return new Exchange(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }

  Exchange answered(String other) {
    return new Exchange(method, host, target, other);
  }

  /** The answer that a response of nginx stands for; an empty one is nginx's 444. */
  static String answer(String response) {
    Matcher matcher = RESPONSE.matcher(response);
    if (!matcher.matches()) {
      return response.isEmpty() ? "444" : "400";
    }
    int status = Integer.parseInt(matcher.group(1));
    Matcher location = LOCATION.matcher("\r\n" + matcher.group(2));
    if (status == 200) {
      return answer(status, matcher.group(3).startsWith("GIF89a") ? "gif" : matcher.group(3));
    }
    return answer(status, location.find() ? location.group(1) : "");
  }

  static String answer(int status, String text) {
    StringBuilder out = new StringBuilder().append(status);
    if (!text.isEmpty()) {
      out.append(' ');
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c > ' ' && c < 0x7f && c != '\\';
      out.append(plain || c == ' ' ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return method + " " + host + " " + target + " => " + answer;
  }
}
