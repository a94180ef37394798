package dev.banyan.regex;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A UTF-8 subject decoded for {@code java.util.regex}, with the byte offset of every character. */
final class Utf8Subject implements JavaPattern.Subject {
  private final CharSequence text;
  private final int[] byteOffsets;

  private Utf8Subject(CharSequence text, int[] byteOffsets) {
    this.text = text;
    this.byteOffsets = byteOffsets;
  }

  static Utf8Subject of(byte[] bytes, int offset, int length) {
    CharSequence text = decode(ByteBuffer.wrap(bytes, offset, length));
    int[] offsets = new int[text.length() + 1];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      offsets[i] = at;
      char c = text.charAt(i);
      // A surrogate pair is four bytes, counted as two and two.
      at += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    offsets[text.length()] = at;
    return new Utf8Subject(text, offsets);
  }

  static String decode(String octets) {
    return decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1))).toString();
  }

  private static CharBuffer decode(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new RegexFailure(RegexFailure.BAD_UTF8, "the subject is not UTF-8");
    }
  }

  @Override
  public int charIndex(int byteIndex) {
    int index = Arrays.binarySearch(byteOffsets, byteIndex);
    if (index < 0) {
      throw new RegexFailure(RegexFailure.BAD_UTF8_OFFSET, "the offset is inside of a character");
    }
    return index;
  }

  @Override
  public int byteIndex(int charIndex) {
    return byteOffsets[charIndex];
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }
}
