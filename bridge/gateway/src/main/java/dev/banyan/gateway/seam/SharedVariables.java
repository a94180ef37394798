package dev.banyan.gateway.seam;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.VariableBasis;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: nginx variables that a shadowed call has read of a request, for the
 * calls after it, until what a value follows from changes. It is a cache and no promise: of names
 * that want one place too often, some are read again.
 */
final class SharedVariables implements Consumer<VariableBasis> {
  /** A power of two; the ports of a whole edge ask for some twenty. */
  private static final int PLACES = 32;

  /** Places that a name may stand at, from its own one on. */
  private static final int TRIES = 4;

  // by identity: a name is the same object each time, or is read again
  private final @Nullable String[] names = new @Nullable String[PLACES];
  private final @Nullable String[] values = new @Nullable String[PLACES];

  /** Of which count of {@link #heads} or, negative, of settings a value is. */
  private final int[] stamps = new int[PLACES];

  /** The headers that values were last read of. */
  private @Nullable Headers head;

  /** How often those were changed then. */
  private int changes;

  /** How many states of headers there were so far. */
  private int heads;

  private VariableBasis told = VariableBasis.ANYTHING;

  /** The variable's value now; null when it is not found or not set. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable String value(RequestHost request, String name) {
    int own = name.hashCode();
    for (int i = 0; i < TRIES; i++) {
      int place = (own + i) & (PLACES - 1);
      String known = names[place];
      if (known == name) {
        return isGood(request, stamps[place]) ? values[place] : read(request, name, place);
      }
      if (known == null) {
        return read(request, name, place);
      }
    }
    return read(request, name, own & (PLACES - 1));
  }

  private boolean isGood(RequestHost request, int stamp) {
    return stamp > 0 ? stamp == headStamp(request) : stamp == settingsStamp(request);
  }

  private @Nullable String read(RequestHost request, String name, int place) {
    String value = request.variable(name, this);
    if (told != VariableBasis.ANYTHING) {
      names[place] = name;
      values[place] = value;
      // afterwards: to read some is to set them
      stamps[place] = told == VariableBasis.SETTINGS ? settingsStamp(request) : headStamp(request);
    }
    return value;
  }

  private static int settingsStamp(RequestHost request) {
    return -request.settingsMade();
  }

  @SuppressWarnings("ReferenceEquality")
  private int headStamp(RequestHost request) {
    Headers now = request.requestHeaders();
    if (now != head || now.changes() != changes) {
      head = now;
      changes = now.changes();
      heads++;
    }
    return heads;
  }

  @Override
  public void accept(VariableBasis basis) {
    told = basis;
  }
}
