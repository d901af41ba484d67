package io.emucxl.applications;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Every digest, code, cipher and signature of Bouncy Castle, of the same text and the same numbers
 * in place of random ones. Much of it keeps its state in small arrays that it hands about.
 */
public final class Cryptography {

    /** The kinds of service that are tried, and how. */
    private static final Map<String, Trial> TRIALS =
            Map.of(
                    "MessageDigest", Cryptography::digest,
                    "Mac", Cryptography::mac,
                    "Cipher", Cryptography::cipher,
                    "Signature", Cryptography::signature);

    /**
     * Parts of names: it takes long to make their keys, or they use random numbers all the same.
     */
    private static final List<String> LEFT_OUT =
            List.of("DSTU", "SPHINCS", "DSA", "GOST", "FALCON", "LMS");

    private static final byte[] TEXT =
            "The quick brown fox jumps over the lazy dog, and then once more. "
                    .repeat(5)
                    .getBytes(StandardCharsets.US_ASCII);

    private final Provider provider = new BouncyCastleProvider();
    private final KeyPair rsa;

    private Cryptography() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(1024, new Numbered());
        rsa = generator.generateKeyPair();
    }

    /**
     * Runs it and prints a line for each algorithm.
     *
     * @param arguments how often each is tried; once when absent
     */
    public static void main(String[] arguments) throws GeneralSecurityException {
        int rounds = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
        Cryptography all = new Cryptography();
        long start = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            all.run(i == rounds - 1);
        }
        System.err.println("work " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private void run(boolean shown) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (Provider.Service service : provider.getServices()) {
            Trial trial = TRIALS.get(service.getType());
            String name = service.getAlgorithm();
            // Numbers stand for algorithms that have names as well.
            if (trial != null
                    && !name.matches("(OID\\.)?[0-9.]+")
                    && LEFT_OUT.stream().noneMatch(upper(name)::contains)) {
                lines.put(service.getType() + " " + name, result(trial, name));
            }
        }
        if (shown) {
            lines.forEach((name, result) -> System.out.println(name + " " + result));
        }
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private String result(Trial trial, String name) {
        try {
            byte[] result = trial.of(this, name);
            return result.length + " bytes, " + Integer.toHexString(Arrays.hashCode(result));
        } catch (GeneralSecurityException | CloneNotSupportedException | RuntimeException e) {
            // Not every name stands for something that works by itself.
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private byte[] digest(String name) throws GeneralSecurityException, CloneNotSupportedException {
        MessageDigest digest = MessageDigest.getInstance(name, provider);
        digest.update(TEXT, 3, TEXT.length / 2);
        MessageDigest copy = (MessageDigest) digest.clone();
        digest.update(TEXT);
        copy.update(digest.digest());
        return copy.digest();
    }

    private byte[] mac(String name) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name, provider);
        mac.init(key(name));
        mac.update(TEXT, 3, TEXT.length / 2);
        byte[] once = mac.doFinal(TEXT);
        mac.update(once);
        return mac.doFinal();
    }

    private byte[] cipher(String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(name, provider);
        Key key = key(name);
        cipher.init(Cipher.ENCRYPT_MODE, key, new Numbered());
        byte[] begun = cipher.update(TEXT, 0, 100);
        byte[] ended = cipher.doFinal(TEXT, 100, TEXT.length - 100);
        byte[] secret = join(begun, ended);
        Cipher back = Cipher.getInstance(name, provider);
        back.init(Cipher.DECRYPT_MODE, key, cipher.getParameters());
        if (!Arrays.equals(TEXT, Arrays.copyOf(back.doFinal(secret), TEXT.length))) {
            throw new IllegalStateException("it is not the text again");
        }
        return secret;
    }

    private byte[] signature(String name) throws GeneralSecurityException {
        KeyPair keys =
                upper(name).contains("RSA")
                        ? rsa
                        : KeyPairGenerator.getInstance(name, provider).generateKeyPair();
        Signature signature = Signature.getInstance(name, provider);
        signature.initSign(keys.getPrivate(), new Numbered());
        signature.update(TEXT);
        byte[] signed = signature.sign();
        signature.initVerify(keys.getPublic());
        signature.update(TEXT);
        return new byte[] {(byte) (signature.verify(signed) ? 1 : 0)};
    }

    private Key key(String name) throws GeneralSecurityException {
        try {
            KeyGenerator generator = KeyGenerator.getInstance(name, provider);
            generator.init(new Numbered());
            return generator.generateKey();
        } catch (NoSuchAlgorithmException e) {
            return new SecretKeySpec(TEXT, 0, 16, name);
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        if (one == null) {
            return other;
        }
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** One way to use an algorithm. */
    private interface Trial {
        byte[] of(Cryptography all, String name)
                throws GeneralSecurityException, CloneNotSupportedException;
    }

    /** The same numbers each time. */
    private static final class Numbered extends SecureRandom {
        private static final long serialVersionUID = 1;

        private Numbered() {
            super(new Spi(), null);
        }
    }

    private static final class Spi extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        private final Random random = new Random(42);

        @Override
        protected void engineSetSeed(byte[] seed) {
            random.setSeed(42);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int bytes) {
            byte[] seed = new byte[bytes];
            random.nextBytes(seed);
            return seed;
        }
    }
}
