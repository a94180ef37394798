package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How a request of named parameters goes to an application server, which answers as a CGI program
 * does. Immutable.
 */
public sealed interface CgiWire {
  /** The most octets that one block of parameters has room for. */
  int MOST = 65_535;

  /** Its name, as logs have it. */
  String scheme();

  /**
   * Parameters as they go out, with all that stands before a body.
   *
   * @throws TooLong when they don't fit
   */
  byte[] encode(Headers parameters) throws TooLong;

  /** Parameters that the protocol has no room for. */
  final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong(String message) {
      super(message);
    }
  }

  /** Whoever is told of what a server says beside its answer. */
  interface Listener {
    /** An error text; answers whether it makes the server's answer a wrong one. */
    boolean complaint(String text, boolean inHead);

    /** Whether the client has asked for another protocol. */
    boolean upgrades();

    /** More came than was announced. */
    void surplus();
  }

  /**
   * FastCGI.
   *
   * @param keeps whether the server is asked to keep the connection
   * @param early whether an answer ends with its output, before the server has ended the request
   */
  record FastCgi(boolean keeps, boolean early) implements CgiWire {
    @Override
    public String scheme() {
      return "fastcgi";
    }

    @Override
    public byte[] encode(Headers parameters) throws TooLong {
      ByteArrayOutputStream block = new ByteArrayOutputStream(1024);
      for (int i = 0; i < parameters.size(); i++) {
        byte[] name = octets(parameters.name(i));
        byte[] value = octets(parameters.value(i));
        FastCgiRecord.length(block, name.length);
        FastCgiRecord.length(block, value.length);
        block.writeBytes(name);
        block.writeBytes(value);
      }
      if (block.size() > MOST) {
        throw new TooLong("fastcgi request record is too big: " + block.size());
      }
      return FastCgiRecord.begin(block.toByteArray(), keeps);
    }
  }

  /**
   * uwsgi.
   *
   * @param more what stands behind the parameters
   */
  record Uwsgi(int modifier1, int modifier2, String more, boolean secure) implements CgiWire {
    @Override
    public String scheme() {
      return secure ? "suwsgi" : "uwsgi";
    }

    @Override
    public byte[] encode(Headers parameters) throws TooLong {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
      out.writeBytes(new byte[4]);
      for (int i = 0; i < parameters.size(); i++) {
        text(out, parameters.name(i));
        text(out, parameters.value(i));
      }
      out.writeBytes(octets(more));
      int length = out.size() - 4;
      if (length > MOST) {
        throw new TooLong("uwsgi request is too big: " + length);
      }
      byte[] all = out.toByteArray();
      all[0] = (byte) modifier1;
      all[1] = (byte) length;
      all[2] = (byte) (length >> 8);
      all[3] = (byte) modifier2;
      return all;
    }

    private static void text(ByteArrayOutputStream out, String text) {
      out.write(text.length());
      out.write(text.length() >> 8);
      out.writeBytes(octets(text));
    }
  }

  /** SCGI, whose first parameter is the length of the body. */
  record Scgi() implements CgiWire {
    @Override
    public String scheme() {
      return "scgi";
    }

    @Override
    public byte[] encode(Headers parameters) {
      ByteArrayOutputStream block = new ByteArrayOutputStream(1024);
      for (int i = 0; i < parameters.size(); i++) {
        block.writeBytes(octets(parameters.name(i)));
        block.write(0);
        block.writeBytes(octets(parameters.value(i)));
        block.write(0);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream(block.size() + 8);
      out.writeBytes(octets(block.size() + ":"));
      out.writeBytes(block.toByteArray());
      out.write(',');
      return out.toByteArray();
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
