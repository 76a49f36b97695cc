package io.gradus.asl.parse;

import io.gradus.asl.parse.JsonataTokens.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a JSONata expression refers to outside itself. An expression of a state has no context
/// item: a path must begin at `$states` or at a variable.
///
/// Only the first step of a path is read against the (missing) context item; later steps,
/// predicates, sort terms and groupings are read against what stands before them. A lambda's body
/// keeps the context of the expression around it.
///
/// | expression | context | variables | states fields |
/// |---|---|---|---|
/// | `phone[0].a` | `phone` | | |
/// | `$states.input.items[price > $limit]` | | `limit` | `input` |
/// | `$map($xs, function($x) { $x + y })` | `y` | `xs` | |
public final class JsonataReferences {
  private static final String STATES = "states";

  /// How deep an analysis goes before it gives up.
  private static final int DEEPEST = 400;

  /// Functions of the language, which may be handed on by name.
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("abs append assert average base64decode base64encode boolean ceil contains count"
                  + " decodeUrl decodeUrlComponent distinct each encodeUrl encodeUrlComponent error"
                  + " exists filter floor formatBase formatInteger formatNumber fromMillis hash"
                  + " join keys length lookup lowercase map match max merge millis min not now"
                  + " number pad parse parseInteger partition power random range reduce replace"
                  + " reverse round shuffle sift single sort split spread sqrt string substring"
                  + " substringAfter substringBefore sum toMillis trim type uppercase uuid zip")
              .split(" "));

  private final JsonataTokens tokens;
  private final Set<String> context = new LinkedHashSet<>();
  private final Set<String> variables = new LinkedHashSet<>();
  private final Set<String> statesFields = new LinkedHashSet<>();

  /// Names bound inside the expression, innermost scope first.
  private final Deque<Set<String>> bound = new ArrayDeque<>();

  /// How many constructs around give a context item of their own.
  private int relative;

  private int depth;

  private JsonataReferences(String expression) {
    this.tokens = new JsonataTokens(expression);
  }

  /// Analyses an expression.
  ///
  /// @param expression well formed, without `{%` and `%}`
  public static JsonataReferences of(String expression) {
    JsonataReferences found = new JsonataReferences(expression);
    found.bound.push(new HashSet<>());
    found.tokens.next(true);
    found.expression(0);
    return found;
  }

  /// Names read from the missing context item, `$` for the item itself, `$$` for the root.
  public Set<String> context() {
    return context;
  }

  /// Whether a name is that of a function of the language. Such a name among the variables is a
  /// function handed on, unless a workflow variable hides it.
  public static boolean isFunction(String name) {
    return FUNCTIONS.contains(name);
  }

  /// Variables that are read: neither bound inside nor called as a function.
  public Set<String> variables() {
    return variables;
  }

  /// The members of `$states` that are read.
  public Set<String> statesFields() {
    return statesFields;
  }

  private void expression(int power) {
    if (++depth > DEEPEST) {
      // Deeper than anyone writes; what was found by then is true.
      tokens.skipAll();
      depth--;
      return;
    }
    operand();
    while (tokens.kind() != Kind.END && power < power()) {
      infix();
    }
    depth--;
  }

  /// How tightly the operator that comes next binds; 0 ends an expression.
  private int power() {
    if (tokens.kind() == Kind.NAME) {
      return switch (tokens.value()) {
        case "and" -> 30;
        case "or" -> 25;
        case "in" -> 40;
        default -> 0;
      };
    }
    if (tokens.kind() != Kind.OPERATOR) {
      return 0;
    }
    return switch (tokens.value()) {
      case "(", "[", "@", "#" -> 80;
      case "." -> 75;
      case "{" -> 70;
      case "*", "/", "%" -> 60;
      case "+", "-", "&" -> 50;
      case "=", "!=", "<", ">", "<=", ">=", "~>", "^" -> 40;
      case "?", "..", "?:", "??" -> 20;
      case ":=" -> 10;
      default -> 0;
    };
  }

  private void operand() {
    Kind kind = tokens.kind();
    String value = tokens.value();
    switch (kind) {
      case LITERAL, END -> tokens.next(false);
      case VARIABLE -> variable(value);
      case NAME -> name(value);
      case OPERATOR -> {
        switch (value) {
          case "-" -> {
            tokens.next(true);
            expression(70);
          }
          case "(" -> scoped(")");
          case "[" -> list("]");
          case "{" -> list("}");
          case "|" -> transform();
          case "*", "**" -> {
            contextItem(value);
            tokens.next(false);
          }
          default -> tokens.next(value.equals("?"));
        }
      }
    }
  }

  private void variable(String name) {
    tokens.next(false);
    if (name.isEmpty() || name.equals("$")) {
      contextItem("$" + name);
      return;
    }
    boolean assigned = tokens.is(":=");
    if (assigned) {
      bound.getFirst().add(name);
    } else if (name.equals(STATES)) {
      statesField();
    } else if (!tokens.is("(") && bound.stream().noneMatch(scope -> scope.contains(name))) {
      variables.add(name);
    }
  }

  /// `$states.input…`: which member is read.
  private void statesField() {
    if (tokens.is(".")) {
      tokens.next(true);
      if (tokens.kind() == Kind.NAME) {
        statesFields.add(tokens.value());
        tokens.next(false);
      } else {
        relative++;
        operand();
        relative--;
      }
    }
  }

  private void name(String word) {
    tokens.next(false);
    if (word.equals("function") || word.equals("λ")) {
      if (tokens.is("(")) {
        lambda();
        return;
      }
    } else if (word.equals("true") || word.equals("false") || word.equals("null")) {
      return;
    }
    contextItem(word);
  }

  private void contextItem(String name) {
    if (relative == 0 || name.equals("$$")) {
      context.add(name);
    }
  }

  private void lambda() {
    Set<String> parameters = new HashSet<>();
    tokens.next(true);
    while (tokens.kind() != Kind.END && !tokens.is(")")) {
      if (tokens.kind() == Kind.VARIABLE) {
        parameters.add(tokens.value());
      }
      tokens.next(true);
    }
    tokens.next(false);
    // A signature may stand between the parameters and the body.
    while (tokens.kind() != Kind.END && !tokens.is("{")) {
      tokens.next(false);
    }
    bound.push(parameters);
    scoped("}");
    bound.pop();
  }

  /// A block, whose bindings end with it.
  private void scoped(String close) {
    bound.push(new HashSet<>());
    list(close);
    bound.pop();
  }

  /// Expressions up to a closing bracket, with whatever separates them.
  private void list(String close) {
    tokens.next(true);
    while (tokens.kind() != Kind.END && !tokens.is(close)) {
      if (tokens.is(",") || tokens.is(";") || tokens.is(":") || tokens.is("..")) {
        tokens.next(true);
      } else if ((tokens.is("<") || tokens.is(">")) && close.equals(")")) {
        // The direction of a sort term.
        tokens.next(true);
      } else {
        expression(0);
      }
    }
    tokens.next(false);
  }

  private void transform() {
    relative++;
    for (int part = 0; part < 2; part++) {
      tokens.next(true);
      expression(0);
      if (tokens.is(",")) {
        tokens.next(true);
        expression(0);
      }
    }
    relative--;
    tokens.next(false);
  }

  private void infix() {
    String operator = tokens.value();
    int power = power();
    switch (operator) {
      case "." -> {
        tokens.next(true);
        relative++;
        expression(power);
        relative--;
      }
      case "[" -> relativeList("]");
      case "{" -> relativeList("}");
      case "(" -> list(")");
      case "^" -> {
        tokens.next(true);
        relativeList(")");
      }
      case "@", "#" -> {
        tokens.next(true);
        bound.getFirst().add(tokens.value());
        tokens.next(false);
      }
      case "?" -> {
        tokens.next(true);
        expression(0);
        if (tokens.is(":")) {
          tokens.next(true);
          expression(0);
        }
      }
      case ":=" -> {
        tokens.next(true);
        expression(power - 1);
      }
      default -> {
        tokens.next(true);
        expression(power);
      }
    }
  }

  private void relativeList(String close) {
    relative++;
    list(close);
    relative--;
  }
}
