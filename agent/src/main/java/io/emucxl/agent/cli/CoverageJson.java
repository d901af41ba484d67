package io.emucxl.agent.cli;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Refusal;
import java.util.List;
import java.util.Map;

/** What can be placed, as one JSON object. */
final class CoverageJson {

    private CoverageJson() {}

    static String of(List<Coverage> jars) {
        StringBuilder json = new StringBuilder("{\"jars\": [");
        String separator = "";
        for (Coverage jar : jars) {
            json.append(separator).append("\n  {\"file\": ").append(quoted(jar.file()));
            json.append(", \"fields\": ").append(jar.fields());
            json.append(", \"placed\": ").append(jar.placed().size());
            json.append(", \"wrappedOnly\": ").append(jar.wrappedOnly().size());
            json.append(", \"copied\": [");
            String comma = "";
            for (Map.Entry<FieldId, String> copied : jar.copied().entrySet()) {
                json.append(comma).append("\n    {\"field\": ");
                json.append(quoted(copied.getKey().toString()));
                json.append(", \"at\": ").append(quoted(copied.getValue())).append('}');
                comma = ",";
            }
            json.append("], \"refused\": [");
            comma = "";
            for (Refusal refusal : jar.refused()) {
                json.append(comma).append("\n    {\"field\": ");
                json.append(quoted(refusal.field().toString()));
                json.append(", \"at\": ").append(quoted(refusal.at()));
                json.append(", \"reason\": ").append(quoted(refusal.reason())).append('}');
                comma = ",";
            }
            json.append("]}");
            separator = ",";
        }
        return json.append("\n]}").toString();
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
