package dev.banyan.it.edge;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A program that serves a legacy's {@code nginx.conf}. */
public interface Server {
  /** What reports call it. */
  String name();

  /** Starts it on that copy of a legacy and returns when it accepts connections. */
  Running start(LegacyCopy legacy) throws IOException;

  /** A started server; closing it stops it and frees its port. */
  interface Running extends AutoCloseable {
    /** Where it listens. */
    InetSocketAddress address();

    @Override
    void close() throws IOException;
  }
}
