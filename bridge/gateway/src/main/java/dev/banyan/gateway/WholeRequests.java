package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal;
import dev.banyan.gateway.PathSteps.Handled;
import dev.banyan.gateway.PathSteps.Step;
import dev.banyan.gateway.path.WholeRequest;
import dev.banyan.transport.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes followed requests whole, as they came, on their loops. */
final class WholeRequests {
  private WholeRequests() {}

  /** A request that has ended. */
  static WholeRequest of(Request r, PathRecorder recorder) {
    Client client = r.client();
    HttpExchange exchange = client.exchange();
    byte[] body = recorder.body();
    return new WholeRequest(
        exchange.method(),
        exchange.target(),
        headers(client, recorder.steps()),
        body == null || body.length > RequestMoment.MAX_BODY ? null : body,
        new WholeRequest.Listener(client.remote(), client.local(), exchange.tls() != null),
        world(client.startMillis(), recorder.steps()),
        answer(r, recorder.steps()));
  }

  /**
   * The fields as the first step found them, which Lua had not changed yet; a host that stood
   * elsewhere, as HTTP/2 has it, becomes one of them.
   */
  private static Headers headers(Client client, List<Step> steps) {
    Headers came = came(steps);
    if (came.contains("Host") || client.host().isEmpty()) {
      return came;
    }
    Headers all = new Headers();
    all.add("Host", client.host());
    came.forEach(all::add);
    return all;
  }

  private static Headers came(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Handled handled) {
        return handled.began().before().headers();
      }
      if (step instanceof PathSteps.Sent sent) {
        return sent.when().headers();
      }
    }
    return new Headers();
  }

  private static WholeRequest.World world(long millis, List<Step> steps) {
    List<Journal.Entry.DictCall> dicts = new ArrayList<>();
    boolean sockets = false;
    for (Step step : steps) {
      if (step instanceof Handled handled) {
        for (PathSteps.Noted noted : handled.calls()) {
          for (Journal.Entry entry : noted.journal().entries()) {
            if (entry instanceof Journal.Entry.DictCall call) {
              dicts.add(call);
            }
            sockets |= entry instanceof Journal.Entry.Connected;
          }
        }
      }
    }
    return new WholeRequest.World(millis, dicts, sockets);
  }

  private static WholeRequest.@Nullable OriginAnswer answer(Request r, List<Step> steps) {
    Headers fields = r.upstream().headers();
    if (fields == null) {
      return null;
    }
    List<String> pieces = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Handled handled && handled.began().piece() != null) {
        pieces.add(handled.began().piece().octets());
      }
    }
    return new WholeRequest.OriginAnswer(r.upstream().status(), fields.copy(), pieces);
  }
}
