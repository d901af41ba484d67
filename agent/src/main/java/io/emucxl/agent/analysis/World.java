package io.emucxl.agent.analysis;

import java.util.Collection;
import java.util.List;

/** The class files that an analysis may look at. Looking never loads a class. */
public interface World {

    /** The class file of this internal name, or null when the world does not have it. */
    byte[] classFile(String internalName);

    /**
     * The internal names of the classes in which a member of this name and descriptor is mentioned
     * (a Fieldref or Methodref of whatever owner).
     */
    Collection<String> mentioning(String memberName, String descriptor);

    /** Internal names of the classes that extend or implement this one directly. */
    default Collection<String> subtypes(String internalName) {
        return List.of();
    }

    /**
     * Why handles cannot stand for arrays in the serialized form of a class, as a sentence; null
     * when they can.
     */
    default String serialTrouble() {
        return null;
    }

    /**
     * Why this class cannot be rewritten, as a clause such as "it is a class of the JDK" or "it is
     * loaded already"; null when it can.
     */
    String fixed(String internalName);
}
