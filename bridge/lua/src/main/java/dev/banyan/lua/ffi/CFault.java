package dev.banyan.lua.ffi;

import java.util.Arrays;
import java.util.Optional;

/** What OpenSSL's queue of errors may hold here. */
enum CFault {
  /** Neither a certificate nor anything like it. */
  NO_START_LINE(0x0480006c, "PEM routines", "no start line"),
  /** Another item than what was wanted. */
  WRONG_TAG(0x068000a8, "asn1 encoding routines", "wrong tag"),
  /** A key of another kind. */
  NO_RSA_KEY(0x0300007f, "digital envelope routines", "expecting an rsa key"),
  /** A key of another kind. */
  NO_ELLIPTIC_KEY(0x0300008e, "digital envelope routines", "expecting an ec key"),
  /** No key that can be read. */
  UNSUPPORTED(0x1e08010c, "DECODER routines", "unsupported");

  final long code;
  final String library;
  final String reason;

  CFault(long code, String library, String reason) {
    this.code = code;
    this.library = library;
    this.reason = reason;
  }

  /** The fault of OpenSSL's number. */
  static Optional<CFault> of(long code) {
    return Arrays.stream(values()).filter(fault -> fault.code == code).findFirst();
  }

  /** As {@code ERR_error_string_n} tells it. */
  String text() {
    return "error:%08X:%s::%s".formatted(code, library, reason);
  }
}
