package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.MethodId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A stored plan as a file.
 *
 * <p>All numbers are big-endian ints: the {@linkplain #MAGIC magic number}; the {@linkplain #FORMAT
 * version of the format}; the CRC-32 and the length of the plan, which follows; then the
 * {@linkplain ClassCode code} of classes. The plan is the number of texts, and each as {@link
 * DataOutputStream#writeUTF} writes it; then the components of {@link StoredPlan} in their order, a
 * text as its index, a list or map as its length and its elements, sorted when it has no order of
 * its own. The same plan always gives the same file.
 */
final class PlanFile {

    /** What every plan begins with. */
    static final int MAGIC = 0xE3C7_504C;

    /** The version of the format that this agent reads and writes. */
    static final int FORMAT = 4;

    private static final int HEAD = 16;

    private static final String AGAIN = "; store it again: ./emucxl explain --plan";

    private PlanFile() {}

    /**
     * Reads a plan.
     *
     * @throws IOException when there is none, or it is damaged, or another build of the agent made
     *     it; the message is for the user
     */
    static StoredPlan read(File file) throws IOException {
        if (!file.isFile()) {
            throw new IOException("there is no file " + file);
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return read(file, in);
        }
    }

    private static StoredPlan read(File file, FileInputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(HEAD);
        PlanBytes in = new PlanBytes(bytes);
        if (bytes.length < HEAD || in.number() != MAGIC) {
            throw new IOException(file + " is no stored plan" + AGAIN);
        }
        int format = in.number();
        if (format != FORMAT) {
            throw new IOException(
                    file
                            + " has the format "
                            + format
                            + ", and this agent reads "
                            + FORMAT
                            + AGAIN);
        }
        int crc = in.number();
        int length = in.number();
        byte[] body = stream.readNBytes(Math.max(0, length));
        if (body.length != length || crc != crc(body)) {
            throw new IOException(file + " is damaged" + AGAIN);
        }
        StoredPlan plan = new Reader(new PlanBytes(body)).plan();
        if (plan.build() != BuildVersion.build()) {
            throw new IOException(file + " was stored by another build of emucxl" + AGAIN);
        }
        return plan;
    }

    private static int crc(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, bytes.length);
        return (int) sum.getValue();
    }

    /**
     * Where the code of the classes begins in a plan's file.
     *
     * @throws IOException when it cannot be read
     */
    static long codeStart(RandomAccessFile file) throws IOException {
        file.seek(HEAD - Integer.BYTES);
        return HEAD + (long) file.readInt();
    }

    /** Writes a plan, and the code that its places mean. */
    static void write(StoredPlan plan, byte[] code, File file) throws IOException {
        byte[] bytes = bytes(plan);
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(bytes);
            out.write(code);
        }
    }

    /** The content of a plan's file, without the code of classes. */
    static byte[] bytes(StoredPlan plan) throws IOException {
        byte[] body = new Writer().bytes(plan);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + body.length);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT);
        out.writeInt(crc(body));
        out.writeInt(body.length);
        out.write(body);
        return bytes.toByteArray();
    }

    private static final class Writer {
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(body);

        byte[] bytes(StoredPlan stored) throws IOException {
            out.writeInt(stored.build());
            out.writeInt(stored.feature());
            out.writeBoolean(stored.boot());
            out.writeInt(stored.files().size());
            for (StoredPlan.PathFile file : stored.files()) {
                text(file.name());
                out.writeLong(file.fingerprint());
            }
            texts(stored.asked());
            List<String> names = sorted(stored.classes().keySet(), Comparator.naturalOrder());
            out.writeInt(names.size());
            for (String name : names) {
                text(name);
                out.writeLong(stored.classes().get(name));
            }
            fields(stored.targets());
            refusals(stored.impossible());
            plan(stored.plan());
            code(stored.code());
            ByteBuffer table = stored.known().table();
            out.writeInt(table.capacity());
            out.write(table.array(), table.arrayOffset(), table.capacity());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream head = new DataOutputStream(all);
            head.writeInt(texts.size());
            for (String text : texts.keySet()) {
                head.writeUTF(text);
            }
            body.writeTo(all);
            return all.toByteArray();
        }

        private void code(Map<String, StoredPlan.Code> code) throws IOException {
            List<String> names = sorted(code.keySet(), Comparator.naturalOrder());
            out.writeInt(names.size());
            for (String name : names) {
                StoredPlan.Code of = code.get(name);
                text(name);
                out.writeLong(of.original());
                out.writeInt(of.offset());
                out.writeInt(of.length());
                out.writeLong(of.fingerprint());
            }
        }

        private void plan(Plan plan) throws IOException {
            List<FieldId> placed = sorted(plan.placed().keySet(), FIELDS);
            fields(placed);
            for (FieldId field : placed) {
                out.writeInt(plan.placed().get(field));
            }
            List<MethodId> methods = sorted(plan.methods().keySet(), METHODS);
            out.writeInt(methods.size());
            for (MethodId method : methods) {
                text(method.owner());
                text(method.name());
                text(method.descriptor());
                signature(plan.methods().get(method));
            }
            fields(sorted(plan.wrappedOnly(), FIELDS));
            refusals(plan.refused());
            texts(sorted(plan.classes(), Comparator.naturalOrder()));
            List<FieldId> copied = sorted(plan.copied().keySet(), FIELDS);
            fields(copied);
            for (FieldId field : copied) {
                text(plan.copied().get(field));
            }
        }

        private void signature(Plan.Signature signature) throws IOException {
            text(signature.name());
            text(signature.descriptor());
            out.writeBoolean(signature.inPlace());
            out.writeBoolean(signature.virtual());
            out.writeInt(signature.targets().size());
            for (int target : signature.targets()) {
                out.writeInt(target);
            }
        }

        private void refusals(List<Refusal> refusals) throws IOException {
            out.writeInt(refusals.size());
            for (Refusal refusal : refusals) {
                field(refusal.field());
                text(refusal.at());
                text(refusal.reason());
            }
        }

        private void fields(List<FieldId> fields) throws IOException {
            out.writeInt(fields.size());
            for (FieldId field : fields) {
                field(field);
            }
        }

        private void field(FieldId field) throws IOException {
            text(field.owner());
            text(field.name());
            text(field.descriptor());
        }

        private void texts(List<String> list) throws IOException {
            out.writeInt(list.size());
            for (String text : list) {
                text(text);
            }
        }

        private void text(String text) throws IOException {
            Integer index = texts.get(text);
            if (index == null) {
                index = texts.size();
                texts.put(text, index);
            }
            out.writeInt(index);
        }

        private static <T> List<T> sorted(Set<T> set, Comparator<? super T> order) {
            List<T> list = new ArrayList<>(set);
            list.sort(order);
            return list;
        }

        private static final Comparator<FieldId> FIELDS =
                Comparator.comparing(FieldId::owner)
                        .thenComparing(FieldId::name)
                        .thenComparing(FieldId::descriptor);

        private static final Comparator<MethodId> METHODS =
                Comparator.comparing(MethodId::owner)
                        .thenComparing(MethodId::name)
                        .thenComparing(MethodId::descriptor);
    }

    /**
     * Reads what {@link Writer} wrote. It is on the way of every start, where nothing is compiled
     * yet: so without lambdas, and without the many calls of streams.
     */
    private static final class Reader {
        private final PlanBytes bytes;
        private String[] texts;

        Reader(PlanBytes bytes) {
            this.bytes = bytes;
        }

        private int number() {
            return bytes.number();
        }

        StoredPlan plan() throws IOException {
            texts = new String[number()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = bytes.utf();
            }
            int build = number();
            int feature = number();
            boolean boot = bytes.bool();
            List<StoredPlan.PathFile> files = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                files.add(new StoredPlan.PathFile(text(), bytes.longNumber()));
            }
            List<String> asked = list();
            int looked = number();
            Map<String, Long> classes = new LinkedHashMap<>(2 * looked);
            for (int i = looked; i > 0; i--) {
                classes.put(text(), bytes.longNumber());
            }
            List<FieldId> targets = fields();
            List<Refusal> impossible = refusals();
            return new StoredPlan(
                    build,
                    feature,
                    boot,
                    files,
                    asked,
                    classes,
                    targets,
                    impossible,
                    decisions(),
                    code(),
                    new KnownFiles(bytes.slice(number())));
        }

        private Map<String, StoredPlan.Code> code() {
            int count = number();
            Map<String, StoredPlan.Code> code = new HashMap<>(2 * count);
            for (int i = count; i > 0; i--) {
                code.put(
                        text(),
                        new StoredPlan.Code(
                                bytes.longNumber(), number(), number(), bytes.longNumber()));
            }
            return code;
        }

        private Plan decisions() {
            List<FieldId> fields = fields();
            Map<FieldId, Integer> placed = new HashMap<>(2 * fields.size());
            for (FieldId field : fields) {
                placed.put(field, number());
            }
            int count = number();
            Map<MethodId, Plan.Signature> methods = new HashMap<>(2 * count);
            for (int i = count; i > 0; i--) {
                methods.put(new MethodId(text(), text(), text()), signature());
            }
            Set<FieldId> wrappedOnly = new HashSet<>(fields());
            List<Refusal> refused = refusals();
            Set<String> classes = new HashSet<>(list());
            Map<FieldId, String> copied = new HashMap<>();
            for (FieldId field : fields()) {
                copied.put(field, text());
            }
            return new Plan(placed, methods, wrappedOnly, refused, classes, copied);
        }

        private Plan.Signature signature() {
            String name = text();
            String descriptor = text();
            boolean inPlace = bytes.bool();
            boolean virtual = bytes.bool();
            List<Integer> targets = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                targets.add(number());
            }
            return new Plan.Signature(name, descriptor, inPlace, virtual, targets);
        }

        private List<Refusal> refusals() {
            List<Refusal> refusals = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                refusals.add(new Refusal(field(), text(), text()));
            }
            return refusals;
        }

        private List<FieldId> fields() {
            List<FieldId> fields = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                fields.add(field());
            }
            return fields;
        }

        private FieldId field() {
            return new FieldId(text(), text(), text());
        }

        private List<String> list() {
            List<String> list = new ArrayList<>();
            for (int i = number(); i > 0; i--) {
                list.add(text());
            }
            return list;
        }

        private String text() {
            return texts[number()];
        }
    }
}
