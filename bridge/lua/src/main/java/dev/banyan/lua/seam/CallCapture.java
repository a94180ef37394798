package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.RequestHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** Owned by its machine's thread: a call under way that is taken whole: what was before it. */
final class CallCapture {
  private final CallRecorder recorder;
  private final Subject subject;
  private final Varargs args;
  private final RequestHost request;
  private final PlainCopy copy;
  private final List<@Nullable Object> arguments;
  private final Map<String, @Nullable Object> fields;
  private final RecordedState state;
  private final Map<String, Map<String, String>> methods;
  private @Nullable RecordedState printed;

  /** What is called. */
  record Subject(String module, String function, LuaTable table) {}

  /** How a call ended. */
  record End(
      Varargs results,
      @Nullable String error,
      @Nullable String ending,
      byte[] printed,
      Journal journal,
      boolean newCode) {}

  private CallCapture(CallRecorder recorder, Subject subject, Varargs args, RequestHost request) {
    this.recorder = recorder;
    this.subject = subject;
    this.args = args;
    this.request = request;
    this.copy = new PlainCopy(recorder.members());
    this.arguments = copy.list(args, PlainCopy.ARGUMENT);
    this.fields = new PlainCopy(recorder.members()).wholeFields(subject.table());
    this.state = StateReader.read(request, recorder, copy);
    this.methods = new LinkedHashMap<>(copy.methods());
  }

  /** Reads what is before a call; null when it can't be read, which the recorder is told. */
  static @Nullable CallCapture begin(
      CallRecorder recorder, Subject subject, Varargs args, RequestHost request) {
    try {
      return new CallCapture(recorder, subject, args, request);
    } catch (RuntimeException | StackOverflowError e) {
      recorder.failed(subject.function(), "the call can't be read: " + e.getMessage());
      return null;
    }
  }

  /**
   * The first piece is about to be sent, and the head before it: what other modules do in the
   * filters then is not this call's.
   */
  void printing() {
    if (printed == null) {
      try {
        printed = StateReader.read(request, recorder, copy);
      } catch (RuntimeException | StackOverflowError e) {
        copy.opaque().add("answer: " + e.getMessage());
      }
    }
  }

  /** Whether the recorder keeps the call. */
  boolean ended(End end) {
    try {
      return tell(end);
    } catch (RuntimeException | StackOverflowError e) {
      recorder.failed(subject.function(), "the answer can't be read: " + e.getMessage());
      return false;
    }
  }

  private boolean tell(End end) {
    if (end.journal().overflowed()) {
      recorder.failed(subject.function(), "it asked the world for more than a journal holds");
      return false;
    }
    String body =
        end.printed().length == 0
            ? null
            : StateReader.octets(end.printed(), recorder.maxBody(), "answer", copy);
    return recorder.recorded(
        new RecordedCall(
            subject.module(),
            subject.function(),
            request.phase(),
            arguments,
            fields,
            methods,
            state,
            printed == null ? StateReader.read(request, recorder, copy) : printed,
            copy.list(end.results(), "result"),
            end.error(),
            end.ending(),
            body,
            end.journal(),
            end.newCode(),
            List.copyOf(copy.opaque()),
            changed()));
  }

  private List<String> changed() {
    List<@Nullable Object> now = new PlainCopy(recorder.members()).list(args, PlainCopy.ARGUMENT);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      if (!Objects.equals(now.get(i), arguments.get(i))) {
        changed.add("argument " + (i + 1));
      }
    }
    return changed;
  }
}
