package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.Rewritten;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A rewritten class as bytes: whether it is serialized; the number of methods with messages, and of
 * each its name, its descriptor, the number of messages, and their offsets with the texts; then the
 * class file.
 */
final class ClassCode {

    private ClassCode() {}

    static byte[] bytes(Rewritten rewritten) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(rewritten.serialized());
        out.writeInt(rewritten.nullMessages().size());
        for (Rewritten.NullTable table : rewritten.nullMessages()) {
            out.writeUTF(table.methodName());
            out.writeUTF(table.methodDescriptor());
            int[] offsets = table.offsets();
            String[] messages = table.messages();
            out.writeInt(offsets.length);
            for (int i = 0; i < offsets.length; i++) {
                out.writeInt(offsets[i]);
                out.writeUTF(messages[i]);
            }
        }
        out.write(rewritten.classFile());
        return bytes.toByteArray();
    }

    static Rewritten read(String className, byte[] bytes) throws IOException {
        PlanBytes in = new PlanBytes(bytes);
        boolean serialized = in.bool();
        List<Rewritten.NullTable> tables = new ArrayList<>();
        for (int i = in.number(); i > 0; i--) {
            String name = in.utf();
            String descriptor = in.utf();
            int[] offsets = new int[in.number()];
            String[] messages = new String[offsets.length];
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] = in.number();
                messages[k] = in.utf();
            }
            tables.add(new Rewritten.NullTable(name, descriptor, offsets, messages));
        }
        return new Rewritten(className, in.rest(), tables, List.of(), serialized);
    }
}
