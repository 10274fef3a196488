package io.reverser.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class Sha256Test {

    /** Hashes the example "abc" in the standard FIPS 180-2. */
    @Test
    void hashes() {
        assertThat(hex(Sha256.hash(utf8("abc"))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /** Computes the HMAC of test case 2 in RFC 4231. */
    @Test
    void authenticatesAllParts() {
        assertThat(hex(Sha256.hmac(utf8("Jefe"), utf8("what do ya want "), utf8("for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
