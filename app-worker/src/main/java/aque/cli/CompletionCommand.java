package aque.cli;

import java.util.List;
import java.util.stream.Collectors;

/// `aque completion bash|zsh|fish`: a script that completes commands and their options, made from what `aque` knows of
/// itself: `source <(aque completion bash)`.
final class CompletionCommand {
    private CompletionCommand() {}

    static int run(Shell shell, List<String> typed) {
        var words = Arguments.anywhere(typed, Arguments.options()).words();
        if (words.size() != 1) {
            throw new UsageException("completion for which shell? bash, zsh or fish");
        }
        shell.out().print(script(words.getFirst(), Commands.all()));
        return Exit.DONE;
    }

    static String script(String shell, List<Command> commands) {
        return switch (shell) {
            case "bash" -> bash(commands);
            case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash(commands);
            case "fish" -> fish(commands);
            default -> throw new UsageException("no completion for " + shell + "; there is bash, zsh and fish");
        };
    }

    private static String bash(List<Command> commands) {
        var names = commands.stream().map(Command::name).collect(Collectors.joining(" "));
        var cases = commands.stream()
                .filter(c -> !c.options().isEmpty())
                .map(c -> "    " + c.name() + ") words='" + String.join(" ", c.options()) + "' ;;\n")
                .collect(Collectors.joining());
        return """
                # aque completion
                _aque() {
                  local cur=${COMP_WORDS[COMP_CWORD]} word= words= i
                  COMPREPLY=()
                  for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                    --broker) ((i++)) ;;
                    -*) ;;
                    *) word=${COMP_WORDS[i]}; break ;;
                    esac
                  done
                  if [[ -z $word ]]; then
                    COMPREPLY=($(compgen -W '%s --broker --version' -- "$cur"))
                    return
                  fi
                  case $word in
                %s  esac
                  if [[ $cur == -* ]]; then
                    COMPREPLY=($(compgen -W "$words --help" -- "$cur"))
                  else
                    COMPREPLY=($(compgen -f -- "$cur"))
                  fi
                }
                complete -o filenames -F _aque aque
                """.formatted(names, cases);
    }

    private static String fish(List<Command> commands) {
        var out = new StringBuilder("# aque completion\n");
        for (var c : commands) {
            out.append("complete -c aque -n __fish_use_subcommand -a ")
                    .append(c.name())
                    .append(" -d ")
                    .append(quoted(c.summary()))
                    .append('\n');
            for (var option : c.options()) {
                out.append("complete -c aque -n '__fish_seen_subcommand_from ")
                        .append(c.name())
                        .append(option.startsWith("--") ? "' -l " + option.substring(2) : "' -s " + option.substring(1))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
