package dev.banyan.lua.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AddressesTest {
  private final Addresses addresses = new Addresses();

  @Test
  void anAddressLeadsBackToItsMemoryUpToTheEndOfIt() {
    Memory first = Memory.allocate(5);
    Memory second = Memory.allocate(0);
    long at = addresses.of(first, 0);
    addresses.of(second, 0);
    assertThat(addresses.pointer(CType.VOID_POINTER, at + 5).memory).isSameAs(first);
    assertThat(addresses.pointer(CType.VOID_POINTER, at + 5).offset).isEqualTo(5);
    assertThat(addresses.pointer(CType.VOID_POINTER, at + 6).memory).isSameAs(Memory.NOWHERE);
    assertThat(addresses.pointer(CType.VOID_POINTER, addresses.of(second, 0)).memory)
        .isSameAs(second);
  }

  @Test
  void anAddressDoesNotKeepItsMemory() {
    long at = addresses.of(Memory.allocate(64), 8);
    for (int i = 0; i < 50 && addresses.pointer(CType.VOID_POINTER, at).memory.length > 0; i++) {
      System.gc();
    }
    assertThat(addresses.pointer(CType.VOID_POINTER, at).memory).isSameAs(Memory.NOWHERE);
    assertThat(addresses.pointer(CType.VOID_POINTER, at).offset).isEqualTo(at);
  }
}
