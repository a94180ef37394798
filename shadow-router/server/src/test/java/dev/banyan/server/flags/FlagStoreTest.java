package dev.banyan.server.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Mode;
import dev.banyan.router.flags.AuditEntry;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagRefused;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Share;
import dev.banyan.router.flags.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagStoreTest {
  @TempDir Path state;

  private FlagStore open() {
    FlagPolicy policy =
        new FlagPolicy(
            Map.of("edge.waf", new ModulePolicy("edge.waf", List.of("remote_addr"), Sides.BOTH)),
            "tenant");
    return FlagStore.open(state, policy, List.of(ModuleFlag.lua("edge.waf")), Clock.systemUTC());
  }

  private static FlagChange canary(String percent) {
    return new FlagChange(
        "edge.waf",
        Mode.CANARY,
        Share.parse(percent),
        Match.parse(List.of("tenant=acme", "header.x-beta=1")),
        "ann",
        "try it");
  }

  @Test
  void aChangeIsInForceAtOnceAndAfterARestart() {
    FlagStore store = open();
    store.change(canary("5"));
    FlagSnapshot now = store.current();

    assertThat(now.flag("edge.waf").summary()).isEqualTo("canary 5% (tenant=acme header.x-beta=1)");
    assertThat(open().current()).isEqualTo(now);
  }

  @Test
  void aRefusedChangeLeavesNothingBehind() {
    FlagStore store = open();
    assertThatThrownBy(() -> store.change(FlagChange.rollback("edge.unknown", "ann", "by mistake")))
        .isInstanceOf(FlagRefused.class);

    assertThat(store.current().version()).isZero();
    assertThat(store.audit(10)).isEmpty();
    assertThat(state.resolve(FlagStore.FLAGS_FILE)).doesNotExist();
  }

  @Test
  void aLetterThatACrashHasCutInTheAuditLogKeepsNobodyFromStarting() throws IOException {
    open().change(canary("5"));
    Path audit = state.resolve(FlagStore.AUDIT_FILE);
    Files.write(audit, new byte[] {'{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);
    FlagStore again = open();
    assertThat(again.audit(10)).hasSize(1);
    again.change(canary("6"));
    assertThat(open().audit(10)).hasSize(2);
  }

  @Test
  void aCrashBetweenTemporaryFileAndRenameKeepsTheOldFlags() throws IOException {
    open().change(canary("5"));
    Path flags = state.resolve(FlagStore.FLAGS_FILE);
    String old = Files.readString(flags);
    Files.writeString(state.resolve(FlagStore.FLAGS_FILE + ".tmp"), old.replace("canary", "java"));

    FlagStore after = open();

    assertThat(after.current().flag("edge.waf").mode()).isEqualTo(Mode.CANARY);
    after.change(canary("6"));
    assertThat(open().current().flag("edge.waf").share()).isEqualTo(Share.parse("6"));
  }

  @Test
  void aCrashBetweenRenameAndAuditLineIsMadeGoodAtTheNextStart() throws IOException {
    FlagStore store = open();
    store.change(canary("5"));
    AuditEntry lost = store.change(canary("6"));
    Path audit = state.resolve(FlagStore.AUDIT_FILE);
    List<String> lines = Files.readAllLines(audit);
    Files.writeString(audit, lines.getFirst() + "\n" + lines.getLast().substring(0, 30));

    assertThat(open().audit(10)).first().isEqualTo(lost);
    assertThat(open().audit(10)).hasSize(2);
  }

  @Test
  void theAuditLogIsOnlyAppendedAndNewestFirst() throws IOException {
    FlagStore store = open();
    store.change(canary("5"));
    store.change(FlagChange.rollback("edge.waf", "bob", "pager"));

    assertThat(open().audit(10)).extracting(AuditEntry::who).containsExactly("bob", "ann");
    assertThat(open().audit(1)).hasSize(1);
    assertThat(Files.readAllLines(state.resolve(FlagStore.AUDIT_FILE))).hasSize(2);
  }

  @Test
  void aDamagedFileIsNamedAndNotOverwritten() throws IOException {
    Path flags = state.resolve(FlagStore.FLAGS_FILE);
    Files.writeString(flags, "{\"version\": 3, \"fl");

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(flags.toString())
        .hasMessageContaining("restore it");
    assertThat(flags).hasContent("{\"version\": 3, \"fl");
  }

  @Test
  void aDiskThatDoesNotTakeItChangesNothing() throws IOException {
    FlagStore store = open();
    Files.createDirectory(state.resolve(FlagStore.FLAGS_FILE + ".tmp"));

    assertThatThrownBy(() -> store.change(canary("5")))
        .isInstanceOf(FlagRefused.class)
        .hasMessageContaining("can't be written (")
        .hasMessageContaining("nothing has changed");
    assertThat(store.current().version()).isZero();
    assertThat(store.lag()).isNull();
  }

  @Test
  void aRollBackIsInForceThoughTheDiskDoesNotTakeItAndIsWrittenDownWhenItDoes() throws IOException {
    FlagStore store = open();
    store.change(canary("5"));
    Path audit = state.resolve(FlagStore.AUDIT_FILE);
    Path kept = state.resolve("kept");
    Path blocked = Files.createDirectory(state.resolve(FlagStore.FLAGS_FILE + ".tmp"));
    Files.move(audit, kept);
    Files.createDirectory(audit);

    store.change(FlagChange.rollback("edge.waf", "ann", "the disk is full"));
    assertThat(store.current().flag("edge.waf").mode()).isEqualTo(Mode.LUA);
    assertThat(store.audit(1).getFirst().why()).isEqualTo("the disk is full");
    assertThat(store.lag()).contains("can't be written (");
    store.settle();
    assertThat(store.lag()).isNotNull();

    Files.delete(blocked);
    Files.delete(audit);
    Files.move(kept, audit);
    store.settle();
    assertThat(store.lag()).isNull();
    assertThat(open().current()).isEqualTo(store.current());
    assertThat(open().audit(10)).isEqualTo(store.audit(10)).hasSize(2);
  }

  @Test
  void listenersHearOfEachChange() {
    FlagStore store = open();
    List<AuditEntry> heard = new ArrayList<>();
    store.onChange(heard::add);
    AuditEntry entry = store.change(canary("5"));
    assertThat(heard).containsExactly(entry);
  }

  @Test
  void theFlagsGoOverToAnotherProcessAndReachTheOneThatHadThem() throws IOException {
    FlagStore before = open();
    FlagStore after = open(); // it reads while the other may still change them
    before.change(canary("5"));
    before.letGo();
    after.reread();
    after.handedOver(1, 2);

    assertThat(after.current()).isEqualTo(before.current());
    assertThat(after.audit(10)).hasSize(1);

    before.change(canary("10")); // as a guard does, for requests that end there
    assertThat(open().current()).isEqualTo(after.current());
    after.change(FlagChange.rollback("edge.waf", "ann", "all back"));
    before.follow();
    assertThat(before.current()).isEqualTo(after.current());

    FlagStore later = open();
    assertThat(later.audit(10)).hasSize(2);
    assertThat(Files.readString(state.resolve(FlagStore.AUDIT_FILE)))
        .contains("\"event\":\"handed over from pid 1 to pid 2\"");
  }

  @Test
  void flagsThatWereTakenBackAreWrittenAgain() {
    FlagStore store = open();
    store.letGo();
    store.takeBack();
    store.change(canary("5"));

    assertThat(open().current()).isEqualTo(store.current());
  }
}
