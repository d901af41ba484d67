package io.emucxl.runtime;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of primitive array type, or all such fields of a class, to live in emucxl regions
 * when the program runs under the agent. Without the agent it means nothing: a program needs no
 * emucxl class at run time.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface RemoteTier {}
