/**
 * Starts processes for Node, in Perl, which every system with git has: a small process forks in a tenth of the time.
 * Requests and reports are those of `messages.ts`. When its input ends, as a kill -9 of the runner brings about, it kills
 * what still runs. A process is made the first of its group by both sides, so that it can be killed from the moment that
 * it is reported; everything that this program opens is closed by exec.
 */
export const helperScript = String.raw`
use strict;
use POSIX ();

my ($started, $output, $exited, $closed, $refused) = (1 .. 5);
my ($requests, $pause, %runs) = ('', 1);
open my $null, '<', '/dev/null' or exit 1;
# Handlers, as exec would leave ignored signals ignored.
$SIG{CHLD} = sub { };
$SIG{PIPE} = sub { };

sub finish {
  kill 'KILL', -$_->{pid} for grep { $_->{pid} } values %runs;
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
  $runs{$id} = { pid => $pid, from => $from };
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
    kill 'KILL', -$pid;
    my ($id) = grep { $runs{$_}{pid} == $pid } keys %runs;
    next if !defined $id;
    $runs{$id}{pid} = 0;
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
