/* Says what was logged, and where: what goes to the standard streams between
   two marks is the message of the first one. */
#ifndef MARKS_H
#define MARKS_H

#ifdef __cplusplus
extern "C" {
#endif

/* What is printed next is the message of this place. */
void mark(const char* file, int line, const char* framework, const char* level);
/* Ends the last message. */
void mark_end(void);
void mark_value(const char* expression, const char* printed);
/* As a framework's own sink says it. */
void mark_text(const char* file, int line, const char* framework,
               const char* level, const char* text);

#define AT(framework, level) mark(__FILE__, __LINE__, framework, level)

#ifdef __cplusplus
}
#endif

#endif
