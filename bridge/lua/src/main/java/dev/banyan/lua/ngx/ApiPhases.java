package dev.banyan.lua.ngx;

import static dev.banyan.api.Phase.ACCESS;
import static dev.banyan.api.Phase.BALANCER;
import static dev.banyan.api.Phase.BODY_FILTER;
import static dev.banyan.api.Phase.CONTENT;
import static dev.banyan.api.Phase.EXIT_WORKER;
import static dev.banyan.api.Phase.HEADER_FILTER;
import static dev.banyan.api.Phase.INIT;
import static dev.banyan.api.Phase.INIT_WORKER;
import static dev.banyan.api.Phase.LOG;
import static dev.banyan.api.Phase.REWRITE;
import static dev.banyan.api.Phase.SERVER_REWRITE;
import static dev.banyan.api.Phase.SET;
import static dev.banyan.api.Phase.SSL_CERTIFICATE;
import static dev.banyan.api.Phase.SSL_CLIENT_HELLO;
import static dev.banyan.api.Phase.SSL_SESSION_FETCH;
import static dev.banyan.api.Phase.SSL_SESSION_STORE;
import static dev.banyan.api.Phase.TIMER;

import dev.banyan.api.Phase;
import java.util.EnumSet;
import java.util.Set;

/** The sets of phases that entries of {@link NgxApi} share. */
final class ApiPhases {
  /** Everywhere. */
  static final Set<Phase> ANY = Set.of(Phase.values());

  /** Everywhere but {@code init_by_lua}. */
  static final Set<Phase> AFTER_INIT = without(ANY, INIT);

  /** Where the worker goes on afterwards. */
  static final Set<Phase> LASTING = without(AFTER_INIT, EXIT_WORKER);

  /** Where a response may be produced. */
  static final Set<Phase> ANSWERING = Set.of(SERVER_REWRITE, REWRITE, ACCESS, CONTENT);

  /** Where subrequests may be made. */
  static final Set<Phase> SUBREQUESTING = without(ANSWERING, SERVER_REWRITE);

  /** Where coroutines may be made. */
  static final Set<Phase> COROUTINES =
      without(
          without(without(without(without(ANY, SET), LOG), BALANCER), INIT_WORKER), EXIT_WORKER);

  /** Where a light thread may wait. */
  static final Set<Phase> WAITING =
      with(ANSWERING, TIMER, SSL_CERTIFICATE, SSL_SESSION_FETCH, SSL_CLIENT_HELLO);

  /** Where a socket may be bound to an address. */
  static final Set<Phase> BINDING = without(WAITING, SERVER_REWRITE);

  /** Where there is a client's request. */
  static final Set<Phase> REQUEST = with(ANSWERING, SET, HEADER_FILTER, BODY_FILTER, LOG, BALANCER);

  /** Where {@code ngx.exit} works. */
  static final Set<Phase> EXITING =
      with(
          ANSWERING,
          TIMER,
          HEADER_FILTER,
          BALANCER,
          SSL_CERTIFICATE,
          SSL_SESSION_STORE,
          SSL_SESSION_FETCH,
          SSL_CLIENT_HELLO);

  /** TLS handshakes. */
  static final Set<Phase> HANDSHAKE =
      Set.of(SSL_CERTIFICATE, SSL_SESSION_FETCH, SSL_SESSION_STORE, SSL_CLIENT_HELLO);

  private ApiPhases() {}

  private static Set<Phase> with(Set<Phase> base, Phase... more) {
    Set<Phase> set = EnumSet.copyOf(base);
    set.addAll(Set.of(more));
    return Set.copyOf(set);
  }

  private static Set<Phase> without(Set<Phase> base, Phase less) {
    Set<Phase> set = EnumSet.copyOf(base);
    set.remove(less);
    return Set.copyOf(set);
  }
}
