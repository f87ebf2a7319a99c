/**
 * Starts processes for Node, in Perl, which every system with git has: a small process forks in a tenth of the time.
 * Requests and reports are those of `messages.ts`. When its input ends, as a kill -9 of the runner brings about, it kills
 * what still runs. A process is made the first of its group by both sides, so that it can be killed from the moment that
 * it is reported; everything that this program opens is closed by exec.
 *
 * With the argument \`adopt\` it becomes the parent of what left its process group (prctl's PR_SET_CHILD_SUBREAPER, Linux
 * only), so that this ends too: with its process, known by its home directory, where nothing else of that home runs; with
 * any where nothing else runs at all; and at last everything.
 */
export const helperScript = String.raw`
use strict;
use POSIX ();

my ($started, $output, $exited, $closed, $refused) = (1 .. 5);
my ($requests, $pause, %runs) = ('', 1);
my %prctl = (x86_64 => 157, aarch64 => 167, riscv64 => 167, ppc64le => 171, s390x => 172);
my $prctl = $^O eq 'linux' && @ARGV && $prctl{(POSIX::uname())[4]};
my $adopts = $prctl && syscall($prctl, 36, 1, 0, 0, 0) == 0;
open my $null, '<', '/dev/null' or exit 1;
# Handlers, as exec would leave ignored signals ignored.
$SIG{CHLD} = sub { };
$SIG{PIPE} = sub { };

sub read_file {
  open my $file, '<', $_[0] or return '';
  local $/;
  return <$file> // '';
}

# Ends processes that nobody else is the parent of any more, and those that become such by that; of one home, or all.
sub end_orphans {
  my ($home) = @_;
  return if !$adopts;
  my %own = map { $_->{pid} => 1 } values %runs;
  my $looks = 1000;
  while ($looks > 0) {
    my @orphans = grep { !$own{$_} } split ' ', read_file("/proc/$$/task/$$/children");
    @orphans = grep { ("\0" . read_file("/proc/$_/environ")) =~ /\0HOME=\Q$home\E\0/ } @orphans
      if defined $home;
    return if !@orphans;
    kill 'KILL', @orphans;
    # Only when these are gone are their own children known here.
    while ((@orphans = grep { waitpid($_, POSIX::WNOHANG) == 0 } @orphans) && $looks-- > 0) {
      select undef, undef, undef, 0.001;
    }
  }
}

sub finish {
  kill 'KILL', -$_->{pid} for grep { $_->{pid} } values %runs;
  %runs = ();
  end_orphans();
  POSIX::_exit(0);
}

sub report {
  my ($type, $id, $data) = @_;
  my $message = pack('CNN', $type, $id, length $data) . $data;
  while (length $message) {
    my $count = syswrite STDOUT, $message;
    if (defined $count) { substr($message, 0, $count) = '' }
    elsif ($! != POSIX::EINTR) { finish() }
  }
}

sub become {
  my ($into, $directory, $argv, $environment) = @_;
  POSIX::setpgid(0, 0);
  POSIX::dup2(fileno $null, 0);
  POSIX::dup2(fileno $into, 1);
  POSIX::dup2(1, 2);
  %ENV = map { split /=/, $_, 2 } @$environment;
  if (!chdir $directory) {
    syswrite STDOUT, "$directory: $!\n";
    POSIX::_exit(1);
  }
  exec { $argv->[0] } @$argv;
  my $code = $! == POSIX::ENOENT ? 127 : 126;
  syswrite STDOUT, "$argv->[0]: $!\n";
  POSIX::_exit($code);
}

sub start {
  my ($id, $directory, $count, @rest) = @_;
  my @argv = splice @rest, 0, $count;
  my ($from, $into, $pid);
  if (!pipe($from, $into) || !defined($pid = fork)) {
    report($refused, $id, "$!");
    return;
  }
  become($into, $directory, \@argv, \@rest) if $pid == 0;
  POSIX::setpgid($pid, $pid);
  my ($home) = map { /^HOME=(.*)/s } @rest;
  $runs{$id} = { pid => $pid, from => $from, home => $home // '' };
  report($started, $id, $pid);
}

sub close_output {
  my ($id) = @_;
  my $from = delete $runs{$id}{from};
  return if !defined $from;
  close $from;
  report($closed, $id, '');
}

sub read_requests {
  my $count = sysread STDIN, $requests, 65536, length $requests;
  return if !defined $count && $! == POSIX::EINTR;
  finish() if !$count;
  while (length $requests >= 4 && length $requests >= 4 + unpack 'N', $requests) {
    my $request = substr $requests, 4, unpack 'N', $requests;
    substr($requests, 0, 4 + length $request) = '';
    my ($verb, @fields) = split /\0/, $request, -1;
    if ($verb eq 'start') { start(@fields) }
    elsif (exists $runs{$fields[0]}) { close_output(@fields) }
  }
}

sub read_output {
  my ($id) = @_;
  my $count = sysread $runs{$id}{from}, my $bytes, 65536;
  if ($count) { report($output, $id, $bytes) }
  elsif (defined $count || $! != POSIX::EINTR) { close_output($id) }
}

sub reap {
  while ((my $pid = waitpid -1, POSIX::WNOHANG) > 0) {
    my $status = $?;
    my ($id) = grep { $runs{$_}{pid} == $pid } keys %runs;
    next if !defined $id;
    kill 'KILL', -$pid;
    my $home = $runs{$id}{home};
    $runs{$id}{pid} = 0;
    my @others = grep { $_->{pid} } values %runs;
    end_orphans(@others ? $home : undef) if !grep { $_->{home} eq $home } @others;
    report($exited, $id, $status & 127 ? '' : $status >> 8);
  }
}

report($started, 0, $$);
while (1) {
  reap();
  for my $id (keys %runs) {
    delete $runs{$id} if !$runs{$id}{pid} && !defined $runs{$id}{from};
  }
  my $ready = '';
  vec($ready, $_, 1) = 1 for 0, map { fileno $_->{from} } grep { defined $_->{from} } values %runs;
  # The end of a process interrupts this, unless it comes right before: so it looks again by itself, soon where a
  # process has closed its output, as it is about to end then.
  my $is_ending = grep { $_->{pid} && !defined $_->{from} } values %runs;
  $pause = !$is_ending || $pause >= 1 ? 1 : $pause * 2;
  my $found = select $ready, undef, undef, %runs ? $pause : undef;
  next if $found <= 0;
  $pause = 0.001;
  for my $id (keys %runs) {
    my $from = $runs{$id}{from};
    read_output($id) if defined $from && vec $ready, fileno $from, 1;
  }
  read_requests() if vec $ready, 0, 1;
}
`;
