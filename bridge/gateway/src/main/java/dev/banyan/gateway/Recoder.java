package dev.banyan.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: writes text in another encoding as the iconv module does; an octet that is no
 * character, or one that the other encoding lacks, becomes a question mark.
 */
final class Recoder {
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder;

  private Recoder(CharsetDecoder decoder, CharsetEncoder encoder) {
    this.decoder = decoder;
    this.encoder = encoder;
  }

  /** What was written, and what is the beginning of a character that has no end. */
  record Recoded(byte[] octets, byte[] rest) {}

  /** One between two encodings; null when one of them isn't known. */
  static @Nullable Recoder of(String from, String to) {
    try {
      return new Recoder(encoding(from).newDecoder(), encoding(to).newEncoder());
    } catch (IllegalCharsetNameException
        | UnsupportedCharsetException
        | UnsupportedOperationException e) {
      return null; // the caller says what that means
    }
  }

  /** An encoding by iconv's name, which may say behind two slashes how to approximate. */
  private static Charset encoding(String name) {
    String bare = name.replaceFirst("//.*", "").toLowerCase(Locale.ROOT);
    return Charset.forName(
        switch (bare) {
          case "utf-16", "utf16" -> "x-UTF-16LE-BOM"; // as the GNU library writes it
          case "ucs-2", "ucs2" -> "UTF-16LE";
          case "utf-32", "utf32" -> "UTF-32";
          default -> bare;
        });
  }

  Recoded recode(byte[] octets) {
    try {
      ByteBuffer whole = encoder.encode(decoder.decode(ByteBuffer.wrap(octets)));
      byte[] out = new byte[whole.remaining()];
      whole.get(out);
      return new Recoded(out, new byte[0]);
    } catch (CharacterCodingException e) {
      return oneByOne(octets); // which tells what is wrong
    }
  }

  private Recoded oneByOne(byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    int at = 0;
    while (at < octets.length) {
      ByteBuffer in = ByteBuffer.wrap(octets, at, octets.length - at);
      CharBuffer character = character(in);
      if (character == null) {
        return new Recoded(out.toByteArray(), Arrays.copyOfRange(octets, at, octets.length));
      }
      byte[] written = character.hasRemaining() ? written(character) : new byte[0];
      if (written.length == 0) {
        out.write('?');
        at++;
      } else {
        out.writeBytes(written);
        at = in.position();
      }
    }
    return new Recoded(out.toByteArray(), new byte[0]);
  }

  /** The next character; an empty one for an octet that is none, null when its end is missing. */
  private @Nullable CharBuffer character(ByteBuffer in) {
    for (int size = 1; size <= 2; size++) {
      CharBuffer out = CharBuffer.allocate(size);
      CoderResult result = decoder.reset().decode(in, out, false);
      if (out.position() > 0 || result.isError()) {
        return out.flip();
      }
      if (result.isUnderflow()) {
        return null;
      }
    }
    return CharBuffer.allocate(0);
  }

  private byte[] written(CharBuffer character) {
    try {
      ByteBuffer octets = encoder.encode(character);
      byte[] out = new byte[octets.remaining()];
      octets.get(out);
      return out;
    } catch (CharacterCodingException e) {
      return new byte[0]; // the encoding hasn't got it
    }
  }
}
